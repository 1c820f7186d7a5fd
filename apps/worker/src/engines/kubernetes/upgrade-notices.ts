import type { InstanceRecord, Notice } from './record/record.ts';

/** Pure: what the run log says of a new limit that needed no restart; null where the limit is no new one. */
export function limitChanged({ desired, run }: InstanceRecord): Notice | null {
  const limitMb = desired.limits.memoryMb;
  if (run?.memoryMb == null || run.memoryMb === limitMb) return null;
  return {
    at: Date.now(),
    code: 'memory_limit_changed',
    text: `Memory limit is now ${limitMb} MB, without a restart. A Node bot's heap may use it after its next start.`,
    data: { limitMb: String(limitMb), beforeMb: String(run.memoryMb) },
  };
}

/** Pure: what the run log says of a restart for a new limit. */
export const restartedForUpgrade = ({ desired }: InstanceRecord): Notice => ({
  at: Date.now(),
  code: 'restarted_for_upgrade',
  text: `Restarted for the new limit of ${desired.limits.memoryMb} MB: the cluster could not give it in place.`,
  data: { limitMb: String(desired.limits.memoryMb) },
});
