import type { DesiredInstance } from '@zarpa/contracts';
import { accept } from '../../instance/accept.ts';
import type { Kept, Version } from '../../instance/kept.ts';
import { published, stepDone, succeeded } from '../../instance/progress.ts';
import { aBuildPlan, aDesired } from '../../local/testing/builders.ts';
import { runOf } from '../manifests/stateful-set.ts';
import type { Facts } from '../plan.ts';
import type { PodFacts } from '../pods/pod-facts.ts';
import { firstRecord, type InstanceRecord, type Run, type Tombstone } from '../record/record.ts';

export const artifact = 'registry.test/zarpa/bot@sha256:0000';

/** Of an instance never seen before. */
export function aRecord(desired: DesiredInstance = aDesired(), change: Partial<InstanceRecord> = {}): InstanceRecord {
  const first = (kept: Kept, revision: number) => firstRecord({ kept, revision, shard: 'zarpa-bots-00', now: 0 });
  const accepted = accept<InstanceRecord, Tombstone>({ desired, record: null, tombstone: null, first, now: 0 });
  if (accepted.kind === 'buried') throw new Error('There is no tombstone');
  return { ...accepted.record, ...change };
}

/** The newest deployment built and published, not started yet. */
export function publishedRecord(
  desired: DesiredInstance = aDesired(),
  change: Partial<InstanceRecord> = {},
): InstanceRecord {
  const record = aRecord(desired);
  if (record.progress === null) throw new Error('There is no deployment');
  const progress = published({ ...record.progress, buildPlan: aBuildPlan }, { artifact, artifactBytes: 1 }, 0);
  return { ...record, progress, ...change };
}

/** Its newest version runs well. */
export function runningRecord(
  desired: DesiredInstance = aDesired(),
  change: Partial<InstanceRecord> = {},
): InstanceRecord {
  const record = publishedRecord(desired);
  const { progress } = record;
  if (progress === null) throw new Error('There is no deployment');
  const done = succeeded(stepDone(progress, 'first_line', 1), 2);
  return { ...record, progress: done, current: versionOf(desired), run: aRun(desired), ...change };
}

export function versionOf({ deployment }: DesiredInstance): Version {
  if (deployment === null) throw new Error('There is no deployment');
  return {
    deploymentId: deployment.deploymentId,
    artifact,
    buildPlan: aBuildPlan,
    environment: deployment.environment,
  };
}

export const aRun = (desired: DesiredInstance, change: Partial<Run> = {}): Run => ({
  podUid: 'pod-1',
  deploymentId: versionOf(desired).deploymentId,
  restartRevision: desired.restartRevision,
  startedAt: 1_000,
  stable: true,
  stopping: false,
  ends: 0,
  memoryMb: desired.limits.memoryMb,
  cpuMillis: desired.limits.cpuMillis,
  problem: null,
  ...change,
});

/** A pod that runs, of the newest version. */
export const aPod = (desired: DesiredInstance, change: Partial<PodFacts> = {}): PodFacts => ({
  uid: 'pod-1',
  deploymentId: versionOf(desired).deploymentId,
  restartRevision: desired.restartRevision,
  run: runOf({ desired, version: versionOf(desired) }),
  deleting: false,
  over: false,
  heldForLog: true,
  runningSince: 1_000,
  ends: 0,
  lastEnd: null,
  memoryMb: desired.limits.memoryMb,
  cpuMillis: desired.limits.cpuMillis,
  resize: 'none',
  problem: null,
  logKeeperProblem: null,
  evicted: null,
  ...change,
});

/** Everything as it should be. */
export const factsOf = (desired: DesiredInstance, change: Partial<Facts> = {}): Facts => ({
  build: 'none',
  pod: aPod(desired),
  statefulSet: 'matches',
  wantedRun: runOf({ desired, version: versionOf(desired) }),
  transfer: { state: 'none' },
  transferDue: true,
  volumeFree: false,
  sourceReachable: true,
  canResize: true,
  stray: null,
  logRead: false,
  logCaughtUp: false,
  ...change,
});
