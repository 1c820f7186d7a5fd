import type { Reason } from '@zarpa/contracts';
import { afterCrash, type CrashPolicy } from '../instance/crash-policy.ts';
import { ended } from '../instance/progress.ts';
import type { InstanceRecord, Run } from './record.ts';

/** How a bot's process ended, as far as anybody saw. An exit code above 128 is a signal's number plus 128. */
export interface Exit {
  readonly exitCode: number | null;
  /** Its own heap was full, by what it printed last. */
  readonly heapExhausted: boolean;
  /** It could not even be begun. */
  readonly startFailed: boolean;
}

const commandNotFound = new Set([126, 127]);
const killedBySigkill = 137;

/** Pure: why a run ended, in a reason's code; null where it ended because it was asked to. */
export function exitReason(run: Run, exit: Exit, memoryMb: number): Reason | null {
  const params: Record<string, string> = exit.exitCode === null ? {} : { exitCode: String(exit.exitCode) };
  if (exit.startFailed) return { code: 'start_failed', params };
  if (run.killCause === 'out_of_memory' || exit.heapExhausted) {
    return { code: 'out_of_memory', params: { ...params, limitMb: String(memoryMb) } };
  }
  if (run.stopRequestedAt !== null) return null;
  if (exit.exitCode === null || exit.exitCode === killedBySigkill) return { code: 'killed', params };
  if (exit.exitCode === 0) return { code: 'exited_cleanly', params };
  if (!run.stable && commandNotFound.has(exit.exitCode)) return { code: 'start_failed', params };
  return { code: 'crashed', params };
}

/** Pure: what is kept after a run's end: when it starts again, and what became of a deployment that was just starting. */
export function afterExit(
  record: InstanceRecord,
  exit: Exit,
  policy: CrashPolicy,
  now: number,
): Partial<InstanceRecord> {
  const { run, progress } = record;
  if (run === null) return {};
  const reason = exitReason(run, exit, record.desired.limits.memoryMb);
  if (reason === null || run.stopRequestedAt !== null) return { run: null };
  const { crashes, nextStartAt } = afterCrash(policy, record.crashes, now);
  const wasStarting = progress?.deploymentId === run.deploymentId && progress.status === 'starting';
  return {
    run: null,
    lastExit: { at: now, exitCode: exit.exitCode, reason },
    crashes,
    restarts: record.restarts + 1,
    nextStartAt,
    gaveUp: nextStartAt === null,
    progress: wasStarting
      ? ended(
          progress,
          'failed',
          { code: 'exited_during_start', params: { ...reason.params, cause: reason.code } },
          now,
        )
      : progress,
  };
}
