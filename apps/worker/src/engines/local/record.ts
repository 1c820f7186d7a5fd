import { DeploymentId, DeploymentProgress, DesiredInstance, EpochMs, Reason } from '@zarpa/contracts';
import { z } from 'zod';
import { FormerEnvironment, type Kept, Version } from '../instance/kept.ts';

/** One start of a bot, written down before it happens. */
export const Run = z.object({
  runId: z.string(),
  deploymentId: DeploymentId,
  restartRevision: z.int().nonnegative(),
  startedAt: EpochMs,
  /** Of the wrapper, which leads the bot's session; null until known. Pid and start time together are never used twice. */
  process: z.object({ pid: z.int().positive(), startTicks: z.int().nonnegative() }).nullable(),
  /** True once it has been up for `stableAfterMs`. */
  stable: z.boolean(),
  /** When it was asked to stop. */
  stopRequestedAt: EpochMs.nullable(),
  /** Why the engine killed it, where it did not only obey a stop. */
  killCause: z.enum(['out_of_memory']).nullable(),
  /** Size of the run log when it began: what is beyond is its own output. */
  logOffset: z.int().nonnegative(),
});
export type Run = z.infer<typeof Run>;

/** All that the engine keeps of one instance. Secrets stay sealed. */
export const InstanceRecord = z.object({
  version: z.literal(1),
  desired: DesiredInstance,
  revision: z.int().nonnegative(),
  /** When it got this revision. A record that does not say has had it for no known time. */
  changedAt: EpochMs.default(() => Date.now()),
  log: z.object({ epoch: z.int().nonnegative(), nonce: z.string() }),
  progress: DeploymentProgress.nullable(),
  /** Ends of the deployments before, newest first: told again at `open`, in case nobody heard. */
  replaced: z.array(DeploymentProgress),
  /** The version that runs or ran last. */
  current: Version.nullable(),
  /** Of versions before: what they printed may still be read again, and must be masked. */
  formerEnvironments: z.array(FormerEnvironment),
  run: Run.nullable(),
  lastExit: z.object({ at: EpochMs, exitCode: z.int().nullable(), reason: Reason }).nullable(),
  /** When it crashed, as long as that counts. */
  crashes: z.array(EpochMs),
  restarts: z.int().nonnegative(),
  nextStartAt: EpochMs.nullable(),
  gaveUp: z.boolean(),
});
export type InstanceRecord = z.infer<typeof InstanceRecord>;

/** What is left of a purged instance: enough to refuse late commands. */
export const Tombstone = z.object({
  desired: DesiredInstance,
  revision: z.int().nonnegative(),
  purgedAt: EpochMs,
});
export type Tombstone = z.infer<typeof Tombstone>;

/** The record of an instance never seen before. */
export function firstRecord(input: {
  kept: Kept;
  revision: number;
  log: InstanceRecord['log'];
  now: number;
}): InstanceRecord {
  const { kept, revision, log, now } = input;
  return { ...kept, version: 1, revision, changedAt: now, log, run: null, lastExit: null };
}
