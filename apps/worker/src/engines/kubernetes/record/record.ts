import { DeploymentId, DeploymentProgress, DesiredInstance, EpochMs, ObservedTransfer, Reason } from '@zarpa/contracts';
import { z } from 'zod';
import { FormerEnvironment, type Kept, Version } from '../../instance/kept.ts';

/** The instance's pod as it was last seen. */
export const Run = z.object({
  podUid: z.string(),
  deploymentId: DeploymentId,
  restartRevision: z.int().nonnegative(),
  /** Of the container that runs; null while none does. */
  startedAt: EpochMs.nullable(),
  /** True once the container has been up for `stableAfterMs`. */
  stable: z.boolean(),
  /** The pod is being deleted. */
  stopping: z.boolean(),
  /** Container ends that were counted. */
  ends: z.int().nonnegative(),
  /** What the cluster grants now; null where it does not say. */
  memoryMb: z.int().positive().nullable(),
  cpuMillis: z.int().positive().nullable(),
  /** Why it does not start. */
  problem: Reason.nullable(),
});
export type Run = z.infer<typeof Run>;

/** A sentence of the engine's own in the run log. */
export const Notice = z.object({
  at: EpochMs,
  code: z.string(),
  text: z.string(),
  data: z.record(z.string(), z.string()),
});
export type Notice = z.infer<typeof Notice>;

/** How far the newest transfer of the instance's data is. */
export const RecordedTransfer = ObservedTransfer.extend({
  /** The one Job that may run for it. */
  jobUid: z.string().nullable(),
  attempts: z.int().nonnegative(),
  /** No further attempt before. */
  retryAt: EpochMs.nullable(),
});
export type RecordedTransfer = z.infer<typeof RecordedTransfer>;

/** All that the engine keeps of one instance, in a ConfigMap. Secrets stay sealed. */
export const InstanceRecord = z.object({
  version: z.literal(1),
  desired: DesiredInstance,
  revision: z.int().nonnegative(),
  changedAt: EpochMs,
  /** The namespace of its objects. */
  shard: z.string(),
  progress: DeploymentProgress.nullable(),
  replaced: z.array(DeploymentProgress),
  current: Version.nullable(),
  formerEnvironments: z.array(FormerEnvironment),
  run: Run.nullable(),
  lastExit: z.object({ at: EpochMs, exitCode: z.int().nullable(), reason: Reason }).nullable(),
  crashes: z.array(EpochMs),
  restarts: z.int().nonnegative(),
  nextStartAt: EpochMs.nullable(),
  gaveUp: z.boolean(),
  /** Absent in records of earlier versions. */
  transfer: RecordedTransfer.nullable().default(null),
  /** Newest last. */
  notices: z.array(Notice),
});
export type InstanceRecord = z.infer<typeof InstanceRecord>;

/** What is left of a purged instance: enough to refuse late commands. */
export const Tombstone = z.object({ desired: DesiredInstance, revision: z.int().nonnegative(), purgedAt: EpochMs });
export type Tombstone = z.infer<typeof Tombstone>;

/** The record of an instance never seen before. */
export function firstRecord(input: { kept: Kept; revision: number; shard: string; now: number }): InstanceRecord {
  const { kept, revision, shard, now } = input;
  return {
    ...kept,
    version: 1,
    revision,
    changedAt: now,
    shard,
    run: null,
    lastExit: null,
    transfer: null,
    notices: [],
  };
}

const noticesKept = 20;

export const withNotice = ({ notices }: InstanceRecord, notice: Notice): Notice[] =>
  [...notices, notice].slice(-noticesKept);
