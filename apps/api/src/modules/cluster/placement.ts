import { Injectable } from '@nestjs/common';
import type { ClusterId } from '@zarpa/contracts';
import type { Queryable } from '../../database/database.ts';
import { type Candidate, choosePlace } from './cluster.ts';

/** What was placed in a cluster `c` and may have no pod yet: since its last report, not built yet, or on its way there. */
const takenIn = `
  SELECT i.instance_id, i.plan_id FROM instance i
  WHERE i.cluster_id = c.cluster_id AND i.desired_state = 'running' AND i.placed_at > c.reported_at
  UNION SELECT i.instance_id, i.plan_id FROM instance i
  WHERE i.cluster_id = c.cluster_id AND i.desired_state = 'running' AND i.state IN ('pending', 'building')
  UNION SELECT i.instance_id, i.plan_id FROM instance_move m JOIN instance i ON i.instance_id = m.instance_id
  WHERE m.to_cluster_id = c.cluster_id AND m.ended_at IS NULL AND m.phase <> 'requested' AND i.desired_state = 'running'`;

const candidates = `
  SELECT c.cluster_id AS "clusterId", c.engine, c.report->'capacity' AS capacity, c.reported_at AS "reportedAt",
    taken."memoryMb" AS "takenMemoryMb", taken.pods AS "takenPods"
  FROM cluster c
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.memory_mb), 0) AS "memoryMb", count(*) AS pods
    FROM (${takenIn}) AS t JOIN plan p ON p.plan_id = t.plan_id WHERE c.engine = 'kubernetes') AS taken
  WHERE c.state = 'accepting'`;

const lockThoseThatCount = `
  SELECT 1 FROM cluster WHERE state = 'accepting' AND engine = 'kubernetes' ORDER BY cluster_id FOR NO KEY UPDATE`;

interface Wish {
  readonly memoryMb: number;
  /** For one that moves: only to `kubernetes` clusters, only to this one where it is named, and not to these. */
  readonly move?: { readonly to: ClusterId | null; readonly not: readonly ClusterId[] };
}

/** Finds a cluster for an instance. */
@Injectable()
export class Placement {
  /**
   * Null where no accepting cluster has room. Holds the clusters that tell a capacity until the transaction ends, so that two at once cannot
   * take the same room: what the other one placed is seen by the count that follows the lock.
   */
  async place(tx: Queryable, { memoryMb, move }: Wish): Promise<ClusterId | null> {
    await tx.query(lockThoseThatCount);
    const { rows } = await tx.query<Candidate>(candidates);
    return choosePlace(move ? rows.filter((row) => mayMoveTo(row, move)) : rows, memoryMb, Date.now());
  }
}

const mayMoveTo = ({ clusterId, engine }: Candidate, { to, not }: NonNullable<Wish['move']>): boolean =>
  engine === 'kubernetes' && (to ?? clusterId) === clusterId && !not.includes(clusterId);
