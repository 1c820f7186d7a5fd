import { Injectable } from '@nestjs/common';
import type { ObservedInstance, OwnerId } from '@zarpa/contracts';
import type { Prepared, Queryable } from '../../database/database.ts';
import { jsonb } from '../../database/jsonb.ts';

const time = (epochMs: number | null): Date | null => (epochMs === null ? null : new Date(epochMs));

const observation: Prepared = {
  name: 'instance-observed',
  text: `
    UPDATE instance SET observed_generation = $3, observed_revision = $4, settled = $5, state = $6, reason = $7,
      observed_deployment_id = $8, exit_code = $9, restarts = $10, started_at = $11, next_start_at = $12,
      observed_transfer = $13,
      generation = CASE WHEN $3 > generation THEN $3 + 1 ELSE generation END
    WHERE instance_id = $1 AND cluster_id = $2 AND observed_generation <= $3 AND observed_revision < $4
    RETURNING EXISTS (SELECT 1 FROM instance_move m WHERE m.instance_id = $1 AND m.ended_at IS NULL) AS moves`,
};

/** What a cluster has removed for good. */
export type Purged = Pick<ObservedInstance, 'instanceId' | 'clusterId' | 'generation'>;

/** What engines say of instances, behind fences: what is older changes nothing. For the platform alone. */
@Injectable()
export class ObservationRepository {
  /**
   * Null where it was not news; else whether the instance is to move to another cluster. An engine that is ahead of the row (an old backup was restored) is overtaken, so that
   * commands are not dropped as old.
   */
  async apply(tx: Queryable, observed: ObservedInstance): Promise<{ moves: boolean } | null> {
    const { rows } = await tx.query<{ moves: boolean }>({
      ...observation,
      values: [
        observed.instanceId,
        observed.clusterId,
        observed.generation,
        observed.revision,
        observed.settled,
        observed.state,
        observed.reason && jsonb(observed.reason),
        observed.deploymentId,
        observed.exitCode,
        observed.restarts,
        time(observed.startedAt),
        time(observed.nextStartAt),
        observed.transfer ? jsonb(observed.transfer) : null,
      ],
    });
    return rows[0] ?? null;
  }

  /** Removes the row of what an engine has removed, with everything that belongs to it. Null where it is still wanted. */
  async removePurged(tx: Queryable, { instanceId, clusterId, generation }: Purged): Promise<OwnerId | null> {
    const { rows } = await tx.query<{ ownerId: OwnerId }>(
      `DELETE FROM instance WHERE instance_id = $1 AND cluster_id = $2 AND desired_state = 'purged' AND generation <= $3
       RETURNING owner_id AS "ownerId"`,
      [instanceId, clusterId, generation],
    );
    return rows[0]?.ownerId ?? null;
  }
}
