import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@zarpa/observability';
import { LOGGER } from '../../platform/logger.ts';
import { Periodic } from '../../platform/periodic.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { BranchPolling } from './branch-polling.ts';
import { DeliveryProcessing } from './delivery-processing.ts';

const longestPauseMs = 5_000;

/** Push to deploy, in the background: deliveries as they come in, branches in turn. */
@Injectable()
export class PushWork implements OnApplicationShutdown {
  private readonly deliveries: Periodic;
  private readonly branches: Periodic;

  constructor(
    processing: DeliveryProcessing,
    polling: BranchPolling,
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.deliveries = new Periodic({
      name: 'deliveries',
      everyMs: 1_000,
      logger,
      task: () => processing.run(),
    });
    this.branches = new Periodic({
      name: 'branches',
      everyMs: Math.min(longestPauseMs, Math.max(250, settings.BRANCH_POLL_INTERVAL / 4)),
      logger,
      task: () => polling.run(),
    });
  }

  start(): void {
    this.deliveries.start();
    this.branches.start();
  }

  /** A delivery has come in. */
  wake(): void {
    this.deliveries.wake();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.deliveries.stop(), this.branches.stop()]);
  }
}
