import type { Reason } from '@zarpa/api-client';
import type { InstanceState } from './state.ts';

/** A text of the `state.sentences` namespace with what it needs. */
export type StateSentence =
  | { key: 'runningWithMemory'; since: string; usedBytes: number; limitMb: number }
  | { key: 'running'; since: string }
  | { key: 'backoff'; reason: Reason; seconds: number }
  | { key: 'stopped' | 'failed' | 'held'; reason: Reason }
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
    case 'starting':
      return reason === null ? { key: 'starting' } : { key: 'held', reason };
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
