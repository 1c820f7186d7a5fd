import type { CommandName, DeploymentId, DesiredState } from '@zarpa/contracts';
import { DomainError } from '../../problems/domain-error.ts';

/** What an owner, or time, does to an instance. */
export type InstanceAction =
  | 'deploy'
  | 'cancel'
  | 'pause'
  | 'resume'
  | 'restart'
  | 'upgrade'
  | 'delete'
  | 'restore'
  | 'purge';

/** The part of an instance that says what should be. */
export interface Desired {
  readonly desiredState: DesiredState;
  /** What a restored instance goes back to. */
  readonly stateBeforeDelete: 'running' | 'paused' | null;
  readonly restartRevision: number;
  readonly desiredDeploymentId: DeploymentId | null;
  readonly deletedAt: Date | null;
}

export interface Transition {
  readonly desired: Desired;
  readonly command: CommandName;
}

interface Clock {
  readonly now: Date;
  readonly restoreWindowMs: number;
}

/**
 * The instance's state machine. Null where the instance is already so and nothing has to be sent.
 * @throws DomainError where the action is not possible now.
 */
export function transition(from: Desired, action: InstanceAction, clock: Clock): Transition | null {
  if (from.desiredState === 'purged') throw new DomainError('instance_not_found');
  if (from.desiredState === 'deleted') return fromDeleted(from, action, clock);
  switch (action) {
    case 'deploy':
      return { desired: { ...from, desiredState: 'running' }, command: 'instance.deploy' };
    case 'cancel':
      return { desired: from, command: 'instance.deploy' };
    case 'upgrade':
      return { desired: from, command: 'instance.upgrade' };
    case 'pause':
      if (from.desiredState === 'paused') return null;
      return { desired: { ...from, desiredState: 'paused' }, command: 'instance.pause' };
    case 'resume':
      if (from.desiredState === 'running') return null;
      return { desired: { ...from, desiredState: 'running' }, command: 'instance.resume' };
    case 'restart':
      return restart(from);
    case 'delete': {
      const deleted = { desiredState: 'deleted', stateBeforeDelete: from.desiredState, deletedAt: clock.now } as const;
      return { desired: { ...from, ...deleted }, command: 'instance.delete' };
    }
    case 'restore':
    case 'purge':
      throw new DomainError('instance_not_deleted');
  }
}

/** Also starts one that is paused: whoever presses restart wants it to run. */
function restart(from: Desired): Transition {
  if (from.desiredDeploymentId === null) throw new DomainError('instance_not_deployed');
  const desired: Desired = { ...from, desiredState: 'running', restartRevision: from.restartRevision + 1 };
  return { desired, command: 'instance.restart' };
}

function fromDeleted(from: Desired, action: InstanceAction, clock: Clock): Transition {
  const over = clock.now >= restorableUntil(from.deletedAt ?? clock.now, clock.restoreWindowMs);
  if (action === 'purge' && over) {
    return { desired: { ...from, desiredState: 'purged' }, command: 'instance.purge' };
  }
  if (action !== 'restore') throw new DomainError('instance_deleted');
  if (over) throw new DomainError('restore_window_over');
  const desiredState = from.stateBeforeDelete ?? 'running';
  return {
    desired: { ...from, desiredState, stateBeforeDelete: null, deletedAt: null },
    command: desiredState === 'running' ? 'instance.resume' : 'instance.pause',
  };
}

export const restorableUntil = (deletedAt: Date, restoreWindowMs: number): Date =>
  new Date(deletedAt.getTime() + restoreWindowMs);
