import type { DynamicModule } from '@nestjs/common';
import { createMetrics, type Logger } from '@zarpa/observability';
import { SETTINGS, type Settings } from '../settings.ts';
import { LOGGER } from './logger.ts';
import { METRICS } from './metrics.ts';

class ProcessModule {}

/** What a process has before its modules. */
export interface ProcessParts {
  settings(): Settings;
  logger(): Logger;
}

/** Settings, logger and metrics of this process. */
export const processModule = ({ settings, logger }: ProcessParts): DynamicModule => ({
  module: ProcessModule,
  global: true,
  providers: [
    { provide: SETTINGS, useFactory: settings },
    { provide: LOGGER, useFactory: logger },
    { provide: METRICS, useFactory: () => createMetrics({ app: 'api' }) },
  ],
  exports: [SETTINGS, LOGGER, METRICS],
});
