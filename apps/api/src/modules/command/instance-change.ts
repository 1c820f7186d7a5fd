import { Inject, Injectable } from '@nestjs/common';
import type { InstanceId, PlanId } from '@zarpa/contracts';
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
  async apply(
    tx: Queryable,
    row: Desired & { readonly instanceId: InstanceId; readonly planId: PlanId },
    action: InstanceAction,
  ): Promise<boolean> {
    const next = transition(row, action, { now: new Date(), restoreWindowMs: this.settings.RESTORE_WINDOW });
    if (next === null) return false;
    const { desired, command } = next;
    await this.commands.change(tx, { ...desired, instanceId: row.instanceId, planId: row.planId }, command);
    return true;
  }
}
