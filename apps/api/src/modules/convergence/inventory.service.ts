import { Inject, Injectable } from '@nestjs/common';
import type { ClusterInventory, InstanceId } from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { Database } from '../../database/database.ts';
import { LOGGER } from '../../platform/logger.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
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
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async compare(inventory: ClusterInventory): Promise<void> {
    const { clusterId } = inventory;
    const expected = await this.expected(clusterId);
    const differences = compareInventory(expected, inventory, this.settings.RESTORE_WINDOW);
    const { strays, expired, news, progress, missing, gone } = differences;
    for (const observed of news) await this.observations.observed(observed);
    for (const each of progress) await this.observations.progressed(each);
    for (const { instanceId, generation } of gone) {
      await this.observations.purged(instanceId, generation);
    }
    const unknown = [...strays, ...expired].map(({ instanceId }) => instanceId);
    if (unknown.length === 0 && missing.length === 0) return;
    await this.database.transaction(async (tx) => {
      await this.commands.deleteUnknown(tx, strays);
      await this.commands.purgeUnknown(tx, expired);
      await this.resends.resend(tx, missing);
    });
    if (unknown.length > 0) {
      const found = { clusterId, deleted: strays.length, purged: expired.length };
      this.logger.warn(found, 'Sent commands to instances that no row knows');
    }
    this.wake([...unknown, ...missing]);
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
