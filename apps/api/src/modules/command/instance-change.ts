import { Inject, Injectable } from '@nestjs/common';
import type { InstanceId } from '@zarpa/contracts';
import type { Queryable } from '../../database/database.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { type Desired, type InstanceAction, transition } from '../instance/instance.ts';
import { CommandOutbox } from './command-outbox.ts';

/** Brings a decision into the database: what should be, a higher generation, and the command that says so. */
@Injectable()
export class InstanceChange {
  constructor(
    private readonly commands: CommandOutbox,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Within the caller's transaction, which holds the row. False where the instance is already so. */
  async apply(tx: Queryable, row: Desired & { instanceId: InstanceId }, action: InstanceAction): Promise<boolean> {
    const next = transition(row, action, { now: new Date(), restoreWindowMs: this.settings.RESTORE_WINDOW });
    if (next === null) return false;
    const { desired, command } = next;
    await tx.query(
      `UPDATE instance SET desired_state = $2, state_before_delete = $3, restart_revision = $4,
         desired_deployment_id = $5, deleted_at = $6, generation = generation + 1, settled = false
       WHERE instance_id = $1`,
      [
        row.instanceId,
        desired.desiredState,
        desired.stateBeforeDelete,
        desired.restartRevision,
        desired.desiredDeploymentId,
        desired.deletedAt,
      ],
    );
    await this.commands.send(tx, new Map([[row.instanceId, command]]));
    return true;
  }
}
