import { Injectable } from '@nestjs/common';
import type { CommandName, DesiredState, InstanceId } from '@zarpa/contracts';
import type { Queryable } from '../../database/database.ts';
import { CommandOutbox } from '../command/index.ts';

const commandOf: Record<DesiredState, CommandName> = {
  running: 'instance.deploy',
  paused: 'instance.pause',
  deleted: 'instance.delete',
  purged: 'instance.purge',
};
const mostAtOnce = 500;
/** More than this in the outbox means that the broker is away: more of the same would not help. */
const fullOutbox = 1_000;

/** Sends desired states again. For the platform alone. */
@Injectable()
export class ResendRepository {
  constructor(private readonly commands: CommandOutbox) {}

  /** Those that are not where they should be and were not sent to within `resendAfterMs`. */
  async lagging(tx: Queryable, resendAfterMs: number): Promise<InstanceId[]> {
    const { rows: waiting } = await tx.query<{ count: number }>(
      `SELECT count(*) FROM (SELECT 1 FROM outbox LIMIT ${fullOutbox}) AS waiting`,
    );
    if ((waiting[0]?.count ?? 0) >= fullOutbox) return [];
    const { rows } = await tx.query<{ instanceId: InstanceId }>(
      `SELECT instance_id AS "instanceId" FROM instance
       WHERE (NOT settled OR observed_generation < generation) AND last_sent_at < now() - $1 * interval '1 ms'
       ORDER BY last_sent_at LIMIT ${mostAtOnce}`,
      [resendAfterMs],
    );
    return rows.map(({ instanceId }) => instanceId);
  }

  /** What is being changed right now is sent by whoever changes it. */
  async resend(tx: Queryable, instanceIds: readonly InstanceId[]): Promise<number> {
    if (instanceIds.length === 0) return 0;
    const { rows } = await tx.query<{ instanceId: InstanceId; desiredState: DesiredState }>(
      `SELECT instance_id AS "instanceId", desired_state AS "desiredState" FROM instance
       WHERE instance_id = ANY ($1) FOR UPDATE SKIP LOCKED`,
      [[...instanceIds]],
    );
    await this.commands.send(tx, new Map(rows.map((row) => [row.instanceId, commandOf[row.desiredState]])));
    return rows.length;
  }

  /** Deleted ones whose time to be restored is over. One that is under way to another cluster arrives first. */
  async purgeable(tx: Queryable, restoreWindowMs: number): Promise<InstanceId[]> {
    const { rows } = await tx.query<{ instanceId: InstanceId }>(
      `SELECT instance_id AS "instanceId" FROM instance
       WHERE desired_state = 'deleted' AND deleted_at <= now() - $1 * interval '1 ms' AND NOT EXISTS (
         SELECT 1 FROM instance_move m
         WHERE m.instance_id = instance.instance_id AND m.ended_at IS NULL AND m.phase <> 'requested')
       LIMIT ${mostAtOnce}`,
      [restoreWindowMs],
    );
    return rows.map(({ instanceId }) => instanceId);
  }
}
