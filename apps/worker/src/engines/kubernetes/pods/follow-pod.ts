import type { Reason } from '@zarpa/contracts';
import type { CrashPolicy } from '../../instance/crash-policy.ts';
import { ended, stepStarted, succeeded } from '../../instance/progress.ts';
import { type InstanceRecord, type Run, withNotice } from '../record/record.ts';
import type { ContainerEnd, PodFacts } from './pod-facts.ts';

const commandNotFound = new Set([126, 127]);
const killedBySigkill = 137;
const secondMs = 1_000;
/** The kubelet's: at once after the first end, then doubling. */
const backoffMs = (ends: number): number => (ends <= 1 ? 0 : Math.min(10_000 * 2 ** (ends - 2), 300_000));

export interface FollowOptions {
  readonly policy: CrashPolicy;
  readonly stableAfterMs: number;
  readonly now: number;
}

/** Pure: what a record has to say differently now that its pod is so; null where nothing. */
export function followPod(
  record: InstanceRecord,
  pod: PodFacts | null,
  options: FollowOptions,
): Partial<InstanceRecord> | null {
  if (pod === null) return record.run === null ? null : { run: null };
  if (record.run?.podUid !== pod.uid) return { run: newRun(pod), nextStartAt: null };
  return crashed(record, record.run, pod, options) ?? moved(record, record.run, pod, options);
}

/** When a run must be looked at again though nothing happens: it becomes stable by time alone. */
export const stableAt = ({ run }: InstanceRecord, stableAfterMs: number): number | null =>
  run === null || run.stable || run.startedAt === null ? null : run.startedAt + stableAfterMs;

const newRun = (pod: PodFacts): Run => ({
  podUid: pod.uid,
  deploymentId: pod.deploymentId,
  restartRevision: pod.restartRevision,
  startedAt: null,
  stable: false,
  stopping: pod.deleting,
  ends: 0,
  memoryMb: pod.memoryMb,
  cpuMillis: pod.cpuMillis,
  problem: pod.problem,
});

/** A container ended without being asked to. */
function crashed(
  record: InstanceRecord,
  run: Run,
  pod: PodFacts,
  { policy, now }: FollowOptions,
): Partial<InstanceRecord> | null {
  if (pod.evicted !== null && !run.stopping && run.problem?.code !== pod.evicted.code)
    return evicted(record, run, pod.evicted, now);
  if (pod.ends <= run.ends || pod.lastEnd === null) return null;
  if (pod.deleting || run.stopping) return { run: { ...run, stopping: true, ends: pod.ends, startedAt: null } };
  const reason = endReason(pod.lastEnd, { wasStable: run.stable, limitMb: pod.memoryMb });
  const missed = Math.min(pod.ends - run.ends, policy.maxCrashes);
  const crashes = [
    ...countingCrashes(record, pod.lastEnd, policy),
    ...Array<number>(missed).fill(pod.lastEnd.finishedAt),
  ];
  const gaveUp = crashes.length >= policy.maxCrashes;
  return {
    run: { ...run, ends: pod.ends, startedAt: null, stable: false },
    lastExit: { at: pod.lastEnd.finishedAt, exitCode: pod.lastEnd.exitCode, reason },
    crashes: crashes.slice(-policy.maxCrashes),
    restarts: record.restarts + missed,
    nextStartAt: gaveUp ? null : Math.max(now, pod.lastEnd.finishedAt + backoffMs(pod.ends)),
    gaveUp,
    progress: failedStart(record, run, reason, now),
  };
}

/** Crashes count as long as no run between them lasted as long as the policy's window. */
function countingCrashes({ crashes }: InstanceRecord, end: ContainerEnd, policy: CrashPolicy): number[] {
  const ranMs = end.startedAt === null ? 0 : end.finishedAt - end.startedAt;
  return ranMs >= policy.windowMs ? [] : crashes;
}

function evicted(record: InstanceRecord, run: Run, reason: Reason, now: number): Partial<InstanceRecord> {
  return {
    run: { ...run, problem: reason, startedAt: null, stable: false },
    lastExit: { at: now, exitCode: null, reason },
    progress: failedStart(record, run, reason, now),
    notices: withNotice(record, {
      at: now,
      code: reason.code,
      text: 'The node put this bot out; it starts again elsewhere',
      data: reason.params,
    }),
  };
}

function failedStart({ progress }: InstanceRecord, run: Run, reason: Reason, now: number): InstanceRecord['progress'] {
  if (progress?.deploymentId !== run.deploymentId || progress.status !== 'starting') return progress;
  const params = { ...reason.params, cause: reason.code };
  return ended(progress, 'failed', { code: 'exited_during_start', params }, now);
}

function endReason(end: ContainerEnd, { wasStable, limitMb }: { wasStable: boolean; limitMb: number | null }): Reason {
  const params = { exitCode: String(end.exitCode) };
  if (end.outOfMemory) {
    return { code: 'out_of_memory', params: limitMb === null ? params : { ...params, limitMb: String(limitMb) } };
  }
  if (end.exitCode === 0) return { code: 'exited_cleanly', params };
  if (end.exitCode === killedBySigkill) return { code: 'killed', params };
  if (!wasStable && commandNotFound.has(end.exitCode)) return { code: 'start_failed', params };
  return { code: 'crashed', params };
}

/** Anything else that changed. */
function moved(
  record: InstanceRecord,
  run: Run,
  pod: PodFacts,
  { stableAfterMs, now }: FollowOptions,
): Partial<InstanceRecord> | null {
  const startedAt = pod.runningSince === null ? null : (run.startedAt ?? startOf(pod.runningSince, now));
  const stable = startedAt !== null && (run.stable || now >= startedAt + stableAfterMs);
  const next: Run = {
    ...run,
    startedAt,
    stable,
    stopping: run.stopping || pod.deleting,
    memoryMb: pod.memoryMb,
    cpuMillis: pod.cpuMillis,
    problem: pod.problem ?? pod.evicted,
  };
  const hasMoved = (Object.keys(next) as (keyof Run)[]).some((key) => !isSame(next[key], run[key]));
  if (!hasMoved) return null;
  const begins = startedAt !== null && run.startedAt === null;
  return {
    run: next,
    ...(begins ? { nextStartAt: null } : {}),
    progress: startedProgress(record, run, { begins, becameStable: stable && !run.stable, now }),
  };
}

function startedProgress(
  { progress }: InstanceRecord,
  run: Run,
  { begins, becameStable, now }: { begins: boolean; becameStable: boolean; now: number },
): InstanceRecord['progress'] {
  if (progress?.deploymentId !== run.deploymentId || progress.status !== 'starting') return progress;
  const waits = progress.steps.some(({ name, status }) => name === 'first_line' && status === 'waiting');
  const begun = begins && waits ? stepStarted(progress, 'first_line', now) : progress;
  return becameStable ? succeeded(begun, now) : begun;
}

/** The API's times are cut to whole seconds: a start that was just seen may be up to one second younger than it says. */
const startOf = (runningSince: number, now: number): number =>
  now - runningSince < secondMs ? Math.max(now, runningSince) : Math.min(runningSince + secondMs - 1, now);

const isSame = (left: unknown, right: unknown): boolean =>
  left === right || JSON.stringify(left) === JSON.stringify(right);
