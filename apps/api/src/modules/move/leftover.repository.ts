import { Injectable } from '@nestjs/common';
import type { ClusterId, InstanceId, MoveId, ObservedInstance } from '@zarpa/contracts';
import { Database, type Queryable } from '../../database/database.ts';
import type { Leftover } from '../command/index.ts';

const isOpen = 'leftover_cluster_id IS NOT NULL AND leftover_cleared_at IS NULL';

/** What moves left behind in the cluster that the instance is not in. For the platform alone. */
@Injectable()
export class LeftoverRepository {
  constructor(private readonly database: Database) {}

  async save(tx: Queryable, moveId: MoveId, { clusterId, state, generation }: Omit<Leftover, 'instanceId'>) {
    await tx.query(
      `UPDATE instance_move SET leftover_cluster_id = $2, leftover_state = $3, leftover_generation = $4
       WHERE move_id = $1`,
      [moveId, clusterId, state, generation],
    );
  }

  /**
   * Those to send now, marked as sent. What was moved away is removed once the instance has settled elsewhere, or is gone itself;
   * what a failed move left is stopped at once.
   */
  async takeDue(tx: Queryable, resendAfterMs: number): Promise<Leftover[]> {
    const { rows } = await tx.query<Leftover>(
      `UPDATE instance_move m SET leftover_sent_at = now()
       WHERE ${isOpen} AND (leftover_sent_at IS NULL OR leftover_sent_at < now() - $1 * interval '1 ms')
         AND (leftover_state = 'deleted' OR NOT EXISTS (
           SELECT 1 FROM instance i WHERE i.instance_id = m.instance_id AND NOT (
             i.settled AND i.observed_generation >= m.leftover_generation AND i.cluster_id <> m.leftover_cluster_id)))
       RETURNING m.instance_id AS "instanceId", m.leftover_cluster_id AS "clusterId", m.leftover_state AS state,
         m.leftover_generation AS generation`,
      [resendAfterMs],
    );
    return rows;
  }

  /** Clusters where an instance must not go before what it left there is cleared. */
  async clustersOf(tx: Queryable, instanceId: InstanceId): Promise<ClusterId[]> {
    const { rows } = await tx.query<{ clusterId: ClusterId }>(
      `SELECT leftover_cluster_id AS "clusterId" FROM instance_move WHERE instance_id = $1 AND ${isOpen}`,
      [instanceId],
    );
    return rows.map(({ clusterId }) => clusterId);
  }

  /** A report that what is left is as it should be closes the matter. */
  async observed({ instanceId, clusterId, generation, state, settled }: ObservedInstance): Promise<void> {
    if (!settled || (state !== 'purged' && state !== 'deleted')) return;
    await this.database.pool.query(
      `UPDATE instance_move SET leftover_cleared_at = now()
       WHERE ${isOpen} AND instance_id = $1 AND leftover_cluster_id = $2 AND leftover_generation <= $3
         AND (leftover_state = $4 OR $4 = 'purged')`,
      [instanceId, clusterId, generation, state],
    );
  }

  /** So does an inventory without it, taken well after the command. */
  async absentFrom(clusterId: ClusterId, present: readonly InstanceId[], sentBefore: Date): Promise<void> {
    await this.database.pool.query(
      `UPDATE instance_move SET leftover_cleared_at = now()
       WHERE ${isOpen} AND leftover_cluster_id = $1 AND leftover_sent_at < $3 AND NOT instance_id = ANY ($2)`,
      [clusterId, [...present], sentBefore],
    );
  }

  /** For a cluster that is no more. */
  async forget(tx: Queryable, clusterId: ClusterId): Promise<void> {
    await tx.query(
      `UPDATE instance_move SET leftover_cleared_at = now() WHERE ${isOpen} AND leftover_cluster_id = $1`,
      [clusterId],
    );
  }

  /** Instances of a cluster that a move looks after: under way from or to it, or left behind there. */
  async inCareOf(clusterId: ClusterId): Promise<Set<InstanceId>> {
    const { rows } = await this.database.pool.query<{ instanceId: InstanceId }>(
      `SELECT instance_id AS "instanceId" FROM instance_move
       WHERE (ended_at IS NULL AND phase <> 'requested' AND $1 IN (from_cluster_id, to_cluster_id))
         OR (${isOpen} AND leftover_cluster_id = $1)`,
      [clusterId],
    );
    return new Set(rows.map(({ instanceId }) => instanceId));
  }
}
