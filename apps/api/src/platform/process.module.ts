import type { DynamicModule } from '@nestjs/common';
import { createLogger, createMetrics } from '@zarpa/observability';
import { SETTINGS, type Settings } from '../settings.ts';
import { LOGGER } from './logger.ts';
import { METRICS } from './metrics.ts';

class ProcessModule {}

/** Settings, logger and metrics of this process. */
export const processModule = (settings: () => Settings): DynamicModule => ({
  module: ProcessModule,
  global: true,
  providers: [
    { provide: SETTINGS, useFactory: settings },
    {
      provide: LOGGER,
      inject: [SETTINGS],
      useFactory: ({ LOG_LEVEL }: Settings) => createLogger({ app: 'api', level: LOG_LEVEL }),
    },
    { provide: METRICS, useFactory: () => createMetrics({ app: 'api' }) },
  ],
  exports: [SETTINGS, LOGGER, METRICS],
});
