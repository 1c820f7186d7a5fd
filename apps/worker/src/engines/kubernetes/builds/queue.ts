import { DeploymentId, EpochMs, InstanceId, OwnerId } from '@zarpa/contracts';
import { z } from 'zod';

/** A build's place in the queue. */
export const QueueEntry = z.object({
  deploymentId: DeploymentId,
  instanceId: InstanceId,
  ownerId: OwnerId,
  /** Decides who comes first among equals. */
  queuedAt: EpochMs,
  /** When somebody last asked for it: what nobody asks for any more takes no slot. */
  askedAt: EpochMs,
  /** Null while it waits. */
  grantedAt: EpochMs.nullable(),
  /** Its Job is being deleted; the slot is free once that is gone. */
  ending: z.boolean(),
});
export type QueueEntry = z.infer<typeof QueueEntry>;

export interface QueueLimits {
  readonly perOwner: number;
  readonly perCluster: number;
}

/** A granted slot without a Job is somebody's who died between the two. */
export const grantGraceMs = 60_000;
/** A waiting build is asked for every few seconds by whoever wants it. */
export const askGraceMs = 60_000;
/** `askedAt` is written no more often: each ask would otherwise be a write. */
const askStepMs = 20_000;

export interface QueueChange {
  readonly entries: readonly QueueEntry[];
  readonly changed: boolean;
  readonly granted: boolean;
}

/** Pure: takes a place for a build, and gives free slots to those whose turn it is. `jobs` are the deployments whose Job exists. */
export function ask(options: {
  entries: readonly QueueEntry[];
  build: Pick<QueueEntry, 'deploymentId' | 'instanceId' | 'ownerId'>;
  jobs: ReadonlySet<string>;
  limits: QueueLimits;
  now: number;
}): QueueChange {
  const { entries, build, jobs, limits, now } = options;
  const kept = entries.filter((entry) => entry.deploymentId === build.deploymentId || !isOver(entry, jobs, now));
  const next = grantSlots(asked(kept, build, now), limits, now);
  const granted = next.some(({ deploymentId, grantedAt }) => deploymentId === build.deploymentId && grantedAt !== null);
  return { entries: next, changed: JSON.stringify(next) !== JSON.stringify(entries), granted };
}

/** Pure: gives up a place. `ending` keeps the slot until the Job is gone. */
export function leave(
  entries: readonly QueueEntry[],
  deploymentId: string,
  options: { ending: boolean },
): QueueEntry[] {
  return entries.flatMap((entry) => {
    if (entry.deploymentId !== deploymentId) return [entry];
    return options.ending && entry.grantedAt !== null ? [{ ...entry, ending: true }] : [];
  });
}

function isOver(entry: QueueEntry, jobs: ReadonlySet<string>, now: number): boolean {
  if (jobs.has(entry.deploymentId)) return false;
  if (entry.ending) return true;
  return entry.grantedAt === null ? now - entry.askedAt > askGraceMs : now - entry.grantedAt > grantGraceMs;
}

function asked(
  entries: readonly QueueEntry[],
  build: Pick<QueueEntry, 'deploymentId' | 'instanceId' | 'ownerId'>,
  now: number,
): QueueEntry[] {
  const known = entries.find(({ deploymentId }) => deploymentId === build.deploymentId);
  if (known === undefined)
    return [...entries, { ...build, queuedAt: now, askedAt: now, grantedAt: null, ending: false }];
  const askedAt = now - known.askedAt >= askStepMs ? now : known.askedAt;
  return entries.map((entry) => (entry === known ? { ...entry, askedAt } : entry));
}

/** Slots go to the owner with the fewest builds under way, then to who has waited longest. */
function grantSlots(entries: readonly QueueEntry[], limits: QueueLimits, now: number): QueueEntry[] {
  let next = [...entries];
  for (;;) {
    const running = next.filter(({ grantedAt }) => grantedAt !== null);
    if (running.length >= limits.perCluster) return next;
    const ofOwner = (ownerId: string) => running.filter((entry) => entry.ownerId === ownerId).length;
    const first = next
      .filter((entry) => entry.grantedAt === null && ofOwner(entry.ownerId) < limits.perOwner)
      .toSorted(
        (a, b) =>
          ofOwner(a.ownerId) - ofOwner(b.ownerId) ||
          a.queuedAt - b.queuedAt ||
          (a.deploymentId < b.deploymentId ? -1 : 1),
      )[0];
    if (first === undefined) return next;
    next = next.map((entry) => (entry === first ? { ...entry, grantedAt: now } : entry));
  }
}
