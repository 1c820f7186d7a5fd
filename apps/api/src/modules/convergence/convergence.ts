import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { eventCatalog } from '@zarpa/contracts';
import { Consumer } from '@zarpa/messaging';
import type { Logger } from '@zarpa/observability';
import { Broker } from '../../broker/broker.ts';
import { LOGGER } from '../../platform/logger.ts';
import { Periodic } from '../../platform/periodic.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { EventHandlers } from './event-handlers.ts';
import { SafetyNet } from './safety-net.ts';

const drainMs = 8_000;

/** Takes in workers' events, and looks after what they did not tell. */
@Injectable()
export class Convergence implements OnApplicationShutdown {
  private readonly consumer: Consumer<typeof eventCatalog>;
  private readonly net: Periodic;

  constructor(
    handlers: EventHandlers,
    safetyNet: SafetyNet,
    broker: Broker,
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.consumer = new Consumer({
      url: settings.RABBITMQ_URL.reveal(),
      queue: broker.topology.eventQueue('api'),
      catalog: eventCatalog,
      handlers: handlers.all,
      key: instanceOf,
      logger,
    });
    this.net = new Periodic({
      name: 'safety-net',
      everyMs: settings.SAFETY_NET_INTERVAL,
      logger,
      task: () => safetyNet.run(),
    });
  }

  start(): void {
    this.consumer.start();
    this.net.start();
  }

  check(): Promise<void> {
    return this.consumer.check();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.net.stop();
    await this.consumer.close({ drainMs });
  }
}

/** Events of one instance are taken in one after another. */
function instanceOf(payload: object): string | undefined {
  const part = 'observed' in payload ? payload.observed : 'progress' in payload ? payload.progress : payload;
  if (typeof part !== 'object' || part === null || !('instanceId' in part)) return undefined;
  return String(part.instanceId);
}
