import { Injectable } from '@nestjs/common';
import type { ClusterId, InstanceId, MoveId } from '@zarpa/contracts';
import { Database, type Queryable } from '../../database/database.ts';
import type { Move, MoveFailure, MovePhase } from './move.ts';
import type { MovingInstance } from './moving-instance.ts';

const columns = `
  move_id AS "moveId", instance_id AS "instanceId", from_cluster_id AS "fromClusterId", to_cluster_id AS "toClusterId",
  phase, generation, phase_since AS "phaseSince", cancelled, data_bytes AS "dataBytes"`;

export interface MoveView extends Move {
  readonly failure: MoveFailure | null;
  readonly detail: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly leftoverClusterId: ClusterId | null;
}

/** Moves, and the part of instances that they read. For the platform alone. */
@Injectable()
export class MoveRepository {
  constructor(private readonly database: Database) {}

  /** Holds the row until the transaction ends. */
  async lockInstance(tx: Queryable, instanceId: InstanceId): Promise<MovingInstance | undefined> {
    const { rows } = await tx.query<MovingInstance>(
      `SELECT i.instance_id AS "instanceId", i.cluster_id AS "clusterId", i.desired_state AS "desiredState", p.memory_mb AS "memoryMb",
         json_build_object('generation', i.observed_generation, 'settled', i.settled, 'state', i.state,
           'transfer', i.observed_transfer) AS seen
       FROM instance i JOIN plan p ON p.plan_id = i.plan_id WHERE i.instance_id = $1 FOR UPDATE OF i`,
      [instanceId],
    );
    return rows[0];
  }

  async lockActive(tx: Queryable, instanceId: InstanceId): Promise<Move | undefined> {
    const { rows } = await tx.query<Move>(
      `SELECT ${columns} FROM instance_move WHERE instance_id = $1 AND ended_at IS NULL FOR UPDATE`,
      [instanceId],
    );
    return rows[0];
  }

  /** For its data: which step it is at, and how much there may be. Undefined where it is over. */
  async findForData(
    moveId: MoveId,
  ): Promise<{ phase: MovePhase; storageMb: number; sha256: string | null } | undefined> {
    const { rows } = await this.database.pool.query<{ phase: MovePhase; storageMb: number; sha256: string | null }>(
      `SELECT m.phase, p.storage_mb AS "storageMb", m.data_sha256 AS sha256 FROM instance_move m
       JOIN instance i ON i.instance_id = m.instance_id JOIN plan p ON p.plan_id = i.plan_id
       WHERE m.move_id = $1 AND m.ended_at IS NULL`,
      [moveId],
    );
    return rows[0];
  }

  /** Instances under way, or waiting for it; oldest first. */
  async active(): Promise<{ moveId: MoveId; instanceId: InstanceId; phase: MovePhase }[]> {
    const { rows } = await this.database.pool.query<{ moveId: MoveId; instanceId: InstanceId; phase: MovePhase }>(
      `SELECT move_id AS "moveId", instance_id AS "instanceId", phase FROM instance_move WHERE ended_at IS NULL
       ORDER BY created_at, move_id`,
    );
    return rows;
  }

  /** Under way and the newest that are over. */
  async list(): Promise<MoveView[]> {
    const { rows } = await this.database.pool.query<MoveView>(
      `SELECT ${columns}, failure, detail, created_at AS "createdAt", ended_at AS "endedAt",
         CASE WHEN leftover_cleared_at IS NULL THEN leftover_cluster_id END AS "leftoverClusterId"
       FROM instance_move ORDER BY ended_at DESC NULLS FIRST, created_at DESC LIMIT 200`,
    );
    return rows;
  }

  /** Those that have no move yet. Returns how many. */
  async insert(tx: Queryable, moves: readonly Pick<Move, 'moveId' | 'instanceId' | 'toClusterId'>[]): Promise<number> {
    const { rowCount } = await tx.query(
      `INSERT INTO instance_move (move_id, instance_id, from_cluster_id, to_cluster_id)
       SELECT m."moveId", i.instance_id, i.cluster_id, m."toClusterId"
       FROM jsonb_to_recordset($1) AS m ("moveId" text, "instanceId" text, "toClusterId" text)
       JOIN instance i ON i.instance_id = m."instanceId" AND i.desired_state <> 'purged'
       ON CONFLICT (instance_id) WHERE ended_at IS NULL DO NOTHING`,
      [JSON.stringify(moves)],
    );
    return rowCount ?? 0;
  }

  async countUnderWay(tx: Queryable): Promise<number> {
    const { rows } = await tx.query<{ count: number }>(
      `SELECT count(*) FROM instance_move WHERE ended_at IS NULL AND phase <> 'requested'`,
    );
    return rows[0]?.count ?? 0;
  }

  /** Under way, or waiting for it. */
  async countTo(tx: Queryable, clusterId: ClusterId): Promise<number> {
    const { rows } = await tx.query<{ count: number }>(
      'SELECT count(*) FROM instance_move WHERE ended_at IS NULL AND to_cluster_id = $1',
      [clusterId],
    );
    return rows[0]?.count ?? 0;
  }

  async instancesToMoveFrom(tx: Queryable, clusterId: ClusterId): Promise<InstanceId[]> {
    const { rows } = await tx.query<{ instanceId: InstanceId }>(
      `SELECT instance_id AS "instanceId" FROM instance WHERE cluster_id = $1 AND desired_state <> 'purged'
       ORDER BY instance_id`,
      [clusterId],
    );
    return rows.map(({ instanceId }) => instanceId);
  }

  async cancel(tx: Queryable, moveId: MoveId): Promise<boolean> {
    const { rowCount } = await tx.query(
      'UPDATE instance_move SET cancelled = true WHERE move_id = $1 AND ended_at IS NULL',
      [moveId],
    );
    return rowCount === 1;
  }

  async enter(tx: Queryable, move: Move, phase: MovePhase, toClusterId = move.toClusterId): Promise<void> {
    await tx.query(
      `UPDATE instance_move SET phase = $2, phase_since = now(), to_cluster_id = $3,
         ended_at = CASE WHEN $2 IN ('done', 'failed') THEN now() END WHERE move_id = $1`,
      [move.moveId, phase, toClusterId],
    );
  }

  async saveGeneration(tx: Queryable, moveId: MoveId, generation: number): Promise<void> {
    await tx.query('UPDATE instance_move SET generation = $2 WHERE move_id = $1', [moveId, generation]);
  }

  async saveFailure(tx: Queryable, moveId: MoveId, failure: MoveFailure, detail: string | null): Promise<void> {
    await tx.query('UPDATE instance_move SET failure = $2, detail = $3 WHERE move_id = $1', [moveId, failure, detail]);
  }

  /** False where the move is no longer at the step that sends data. */
  async saveData(moveId: MoveId, { bytes, sha256 }: { bytes: number; sha256: string }): Promise<boolean> {
    const { rowCount } = await this.database.pool.query(
      `UPDATE instance_move SET data_bytes = $2, data_sha256 = $3
       WHERE move_id = $1 AND phase = 'exporting' AND ended_at IS NULL`,
      [moveId, bytes, sha256],
    );
    return rowCount === 1;
  }

  /** Removes what nobody looks at any more. */
  async tidy(): Promise<void> {
    await this.database.pool.query(
      `DELETE FROM instance_move WHERE ended_at < now() - interval '90 days'
         AND (leftover_cluster_id IS NULL OR leftover_cleared_at IS NOT NULL)`,
    );
  }

  /** Another cluster's engine counts the progress of deployments that are not over anew. */
  async forgetProgress(tx: Queryable, instanceId: InstanceId): Promise<void> {
    await tx.query('UPDATE deployment SET progress_revision = -1 WHERE instance_id = $1 AND finished_at IS NULL', [
      instanceId,
    ]);
  }
}
