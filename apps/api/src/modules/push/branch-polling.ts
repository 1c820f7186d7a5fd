import { Inject, Injectable } from '@nestjs/common';
import { type InstanceId, newId } from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import pLimit from 'p-limit';
import { LOGGER } from '../../platform/logger.ts';
import { DomainError } from '../../problems/domain-error.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { BranchRepository } from './branch.repository.ts';
import { BranchSync } from './branch-sync.ts';

const atOnce = 4;

/** Looks at branches by itself: a push whose webhook was lost is found as well. */
@Injectable()
export class BranchPolling {
  constructor(
    private readonly branches: BranchRepository,
    private readonly sync: BranchSync,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async run(): Promise<void> {
    const limit = pLimit(atOnce);
    const due = await this.branches.takeDue(this.settings.BRANCH_POLL_INTERVAL);
    await Promise.all(due.map((instanceId) => limit(() => this.look(instanceId))));
  }

  private async look(instanceId: InstanceId): Promise<void> {
    try {
      const hint = { deliveryId: newId('delivery'), via: 'poll', receivedAt: new Date(), push: null } as const;
      await this.sync.sync(instanceId, hint);
    } catch (err) {
      if (!(err instanceof DomainError)) throw err;
      this.logger.warn({ err, instanceId }, 'Failed to read a branch');
    }
  }
}
