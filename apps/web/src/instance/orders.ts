import type { Reason } from '@zarpa/api-client';
import type { InstanceState } from './state.ts';

/** The one action that fits a state; null where nothing needs to be done. */
export type PrimaryAction =
  | 'resume'
  | 'restore'
  | 'startAgain'
  | 'redeploy'
  | 'changePlan'
  | 'viewLogs'
  | 'viewDeployment';

/** Which button of an instance's head is the primary one. */
export function primaryActionOf({ state, reason, settling, desiredState }: InstanceState): PrimaryAction | null {
  if (desiredState === 'deleted') return state === 'deleted' && !settling ? 'restore' : null;
  switch (state) {
    case 'paused':
      return desiredState === 'paused' ? 'resume' : null;
    case 'stopped':
      return wantsMemory(reason) ? 'changePlan' : 'startAgain';
    case 'backoff':
      return wantsMemory(reason) ? 'changePlan' : 'viewLogs';
    case 'failed':
      return 'redeploy';
    case 'starting':
      return reason !== null && needsDeployment.has(reason.code) ? 'redeploy' : null;
    case 'building':
    case 'pending':
      return 'viewDeployment';
    default:
      return null;
  }
}

/** What keeps a version from starting until there is another one. */
const needsDeployment: ReadonlySet<Reason['code']> = new Set(['image_pull_failed', 'container_config_error']);

const wantsMemory = (reason: Reason | null): boolean =>
  reason?.code === 'out_of_memory' || reason?.params.last === 'out_of_memory';

/** Whether an order makes sense now. */
export function canCommand(
  { state, desiredState }: Pick<InstanceState, 'state' | 'desiredState'>,
  command: 'pause' | 'resume' | 'restart' | 'restore' | 'delete',
): boolean {
  switch (command) {
    case 'pause':
      return desiredState === 'running' && state !== 'failed';
    case 'resume':
      return desiredState === 'paused';
    case 'restart':
      return desiredState === 'running' && ['running', 'backoff', 'stopped', 'starting'].includes(state);
    case 'restore':
      return desiredState === 'deleted';
    case 'delete':
      return desiredState === 'running' || desiredState === 'paused';
  }
}
