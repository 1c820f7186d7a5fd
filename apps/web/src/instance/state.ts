import type { InstanceView, Reason } from '@zarpa/api-client';
import type { StateTone } from '@zarpa/ui/components/state-badge';

/** The parts of an instance that its state is told from. */
export type InstanceState = Pick<
  InstanceView,
  'state' | 'desiredState' | 'settling' | 'reason' | 'startedAt' | 'nextStartAt' | 'restorableUntil' | 'memoryMb'
>;

/** The tone that a state is shown in. */
export function toneOf({ state }: Pick<InstanceView, 'state'>): StateTone {
  switch (state) {
    case 'running':
      return 'running';
    case 'pending':
    case 'building':
    case 'starting':
    case 'stopping':
      return 'busy';
    case 'backoff':
      return 'warn';
    case 'stopped':
    case 'failed':
      return 'fail';
    case 'paused':
    case 'deleted':
    case 'purged':
      return 'idle';
  }
}

/** A text of the `state.sentences` namespace with what it needs. */
export type StateSentence =
  | { key: 'runningWithMemory'; since: string; usedBytes: number; limitMb: number }
  | { key: 'running'; since: string }
  | { key: 'backoff'; reason: Reason; seconds: number }
  | { key: 'stopped' | 'failed'; reason: Reason }
  | { key: 'deleted'; until: string }
  | {
      key:
        | 'pending'
        | 'building'
        | 'starting'
        | 'stopping'
        | 'pausing'
        | 'resuming'
        | 'deleting'
        | 'restoring'
        | 'applying'
        | 'paused'
        | 'stoppedPlain'
        | 'failedPlain'
        | 'purged';
    };

/** What a person would say of an instance: its state, and on the way to another one, where it goes. */
export function sentenceOf(instance: InstanceState, usedBytes: number | null, now: number): StateSentence {
  return wayOf(instance) ?? restOf(instance, usedBytes, now);
}

/** An order that has been given but not yet carried out. */
function wayOf({ state, desiredState, settling }: InstanceState): StateSentence | undefined {
  if (!settling) return undefined;
  if (desiredState === 'paused' && state !== 'paused') return { key: 'pausing' };
  if (desiredState === 'deleted' && state !== 'deleted') return { key: 'deleting' };
  if (desiredState === 'running' && state === 'paused') return { key: 'resuming' };
  if (desiredState === 'running' && state === 'deleted') return { key: 'restoring' };
  if (desiredState === 'running' && (state === 'stopped' || state === 'failed')) return { key: 'applying' };
  return undefined;
}

function restOf(instance: InstanceState, usedBytes: number | null, now: number): StateSentence {
  const { state, reason, startedAt, nextStartAt, restorableUntil, memoryMb } = instance;
  switch (state) {
    case 'running':
      if (startedAt === null) return { key: 'starting' };
      if (usedBytes === null) return { key: 'running', since: startedAt };
      return { key: 'runningWithMemory', since: startedAt, usedBytes, limitMb: memoryMb };
    case 'backoff':
      if (reason === null) return { key: 'starting' };
      return { key: 'backoff', reason, seconds: secondsUntil(nextStartAt, now) };
    case 'stopped':
      return reason === null ? { key: 'stoppedPlain' } : { key: 'stopped', reason };
    case 'failed':
      return reason === null ? { key: 'failedPlain' } : { key: 'failed', reason };
    case 'deleted':
      return restorableUntil === null ? { key: 'purged' } : { key: 'deleted', until: restorableUntil };
    default:
      return { key: state };
  }
}

function secondsUntil(moment: string | null, now: number): number {
  return moment === null ? 0 : Math.max(0, Math.ceil((Date.parse(moment) - now) / 1000));
}

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
    case 'building':
    case 'pending':
      return 'viewDeployment';
    default:
      return null;
  }
}

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

/** True where its owner should look. */
export const needsAttention = ({ state }: Pick<InstanceView, 'state'>): boolean =>
  state === 'backoff' || state === 'stopped' || state === 'failed';

const reasonParameters = [
  'exitCode',
  'package',
  'file',
  'limitMb',
  'minutes',
  'count',
  'runtime',
  'last',
  'cause',
] as const;

/** A reason's values for its text; `none` for each one that the worker did not give. */
export function reasonValues({ params }: { code?: string; params: Reason['params'] }): Record<string, string> {
  const given = Object.entries(params).filter(([, value]) => value !== '');
  return { ...Object.fromEntries(reasonParameters.map((name) => [name, 'none'])), ...Object.fromEntries(given) };
}
