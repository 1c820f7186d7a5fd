import { Inject, Injectable } from '@nestjs/common';
import type { InstanceId } from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import { LOGGER } from '../../platform/logger.ts';
import { DomainError } from '../../problems/domain-error.ts';
import { InstanceSystemRepository } from '../instance/index.ts';
import { BranchRepository } from './branch.repository.ts';
import { BranchSync, type Hint } from './branch-sync.ts';
import { DeliveryRepository, type StoredDelivery } from './delivery.repository.ts';
import { parsePush } from './push-event.ts';

const mostAttempts = 6;
const retryMs = 2_000;

/** Finds out what stored deliveries mean. A process may die at any point: the next one does the same again. */
@Injectable()
export class DeliveryProcessing {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly branches: BranchRepository,
    private readonly sync: BranchSync,
    private readonly instances: InstanceSystemRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Everything that waits. */
  async run(): Promise<void> {
    for (let delivery = await this.deliveries.take(); delivery; delivery = await this.deliveries.take()) {
      await this.process(delivery);
    }
  }

  private async process(delivery: StoredDelivery): Promise<void> {
    const { deliveryId, event, body, receivedAt, attempts } = delivery;
    const push = event === 'push' ? parsePush(JSON.parse(body.toString('utf8'))) : null;
    const hint: Hint = { deliveryId, via: 'webhook', receivedAt, push };
    const followers = push ? await this.branches.followers(push.repository) : [];
    const failed: InstanceId[] = [];
    for (const instanceId of followers) {
      if (!(await this.syncOne(instanceId, hint))) failed.push(instanceId);
    }
    if (failed.length > 0 && attempts < mostAttempts) {
      return this.deliveries.retryIn(deliveryId, retryMs * 2 ** attempts);
    }
    for (const instanceId of failed) await this.giveUp(instanceId, hint);
    await this.deliveries.finish(deliveryId);
    this.logger.info({ deliveryId, event, followers: followers.length, failed: failed.length }, 'Processed delivery');
  }

  private async syncOne(instanceId: InstanceId, hint: Hint): Promise<boolean> {
    try {
      await this.sync.sync(instanceId, hint);
      return true;
    } catch (err) {
      if (!(err instanceof DomainError)) throw err;
      this.logger.warn({ err, instanceId, deliveryId: hint.deliveryId }, 'Failed to follow a push');
      return false;
    }
  }

  private async giveUp(instanceId: InstanceId, hint: Hint): Promise<void> {
    const row = await this.instances.find(instanceId);
    if (row) await this.sync.skip(row, hint, 'failed');
  }
}
