import { Inject, Injectable } from '@nestjs/common';
import type { ClusterId, ClusterInventory, InstanceId } from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import { Database } from '../../database/database.ts';
import { LOGGER } from '../../platform/logger.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { LeftoverRepository } from '../move/index.ts';
import { compareInventory, type ExpectedInstance, travelTimeMs } from './inventory.ts';
import { InventoryRepair } from './inventory-repair.ts';
import { ObservationService } from './observation.service.ts';

/** Compares what a cluster has with what should be there: what a lost message left wrong is put right. */
@Injectable()
export class InventoryService {
  constructor(
    private readonly database: Database,
    private readonly repair: InventoryRepair,
    private readonly observations: ObservationService,
    private readonly leftovers: LeftoverRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async compare(inventory: ClusterInventory): Promise<void> {
    const { clusterId } = inventory;
    // Moves first: one that ends meanwhile is then looked after once more, instead of being taken for a stray.
    const moving = await this.leftovers.inCareOf(clusterId);
    const expected = await this.expected(clusterId);
    const differences = compareInventory({ expected, moving }, inventory, this.settings.RESTORE_WINDOW);
    const { strays, expired, news, progress, gone } = differences;
    await this.clearLeftovers(moving, inventory);
    for (const observed of news) await this.observations.observed(observed);
    for (const each of progress) await this.observations.progressed(clusterId, each);
    for (const { instanceId, generation } of gone) {
      await this.observations.purged({ instanceId, clusterId, generation });
    }
    await this.repair.repair(differences);
    if (strays.length + expired.length > 0) {
      const found = { clusterId, deleted: strays.length, purged: expired.length };
      this.logger.warn(found, 'Sent commands to instances that no row knows');
    }
  }

  private async clearLeftovers(moving: ReadonlySet<InstanceId>, inventory: ClusterInventory): Promise<void> {
    if (moving.size === 0) return;
    const seen = inventory.instances.map(({ observed }) => observed).filter((each) => moving.has(each.instanceId));
    for (const observed of seen) await this.leftovers.observed(observed);
    const present = seen.map(({ instanceId }) => instanceId);
    await this.leftovers.absentFrom(inventory.clusterId, present, new Date(inventory.takenAt - travelTimeMs));
  }

  private expected(clusterId: ClusterId): Promise<ExpectedInstance[]> {
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
}
