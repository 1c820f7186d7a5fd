import { Injectable } from '@nestjs/common';
import type { ClusterInventory, InstanceId } from '@zarpa/contracts';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { Database } from '../../database/database.ts';
import { CommandOutbox } from '../command/index.ts';
import { compareInventory, type ExpectedInstance } from './inventory.ts';
import { ObservationService } from './observation.service.ts';
import { ResendRepository } from './resend.repository.ts';

/** Compares what a cluster has with what should be there: what a lost message left wrong is put right. */
@Injectable()
export class InventoryService {
  constructor(
    private readonly database: Database,
    private readonly resends: ResendRepository,
    private readonly commands: CommandOutbox,
    private readonly observations: ObservationService,
    private readonly feed: ChangeFeed,
  ) {}

  async compare(inventory: ClusterInventory): Promise<void> {
    const { clusterId } = inventory;
    const expected = await this.expected(clusterId);
    const { unknown, news, progress, missing, gone } = compareInventory(expected, inventory);
    for (const observed of news) await this.observations.observed(observed);
    for (const each of progress) await this.observations.progressed(each);
    for (const { instanceId, generation } of gone) {
      await this.observations.purged(instanceId, generation);
    }
    if (unknown.length === 0 && missing.length === 0) return;
    await this.database.transaction(async (tx) => {
      for (const { instanceId, generation } of unknown) {
        await this.commands.purgeUnknown(tx, { instanceId, clusterId, generation: generation + 1 });
      }
      await this.resends.resend(tx, missing);
    });
    this.wake([...unknown.map(({ instanceId }) => instanceId), ...missing]);
  }

  private expected(clusterId: string): Promise<ExpectedInstance[]> {
    return this.database.read<ExpectedInstance>(
      {
        name: 'inventory-expected',
        text: `SELECT instance_id AS "instanceId", generation, desired_state AS "desiredState",
                 observed_generation AS "observedGeneration", observed_revision AS "observedRevision",
                 last_sent_at AS "lastSentAt"
               FROM instance WHERE cluster_id = $1`,
      },
      [clusterId],
    );
  }

  private wake(instanceIds: readonly InstanceId[]): void {
    for (const instanceId of instanceIds) this.feed.emit('instance', { instanceId });
  }
}
