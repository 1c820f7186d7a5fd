import type { DeploymentId, DeploymentProgress, DesiredInstance } from '@zarpa/contracts';
import type { Kept } from './kept.ts';
import { ended, finishedProgress, queuedProgress } from './progress.ts';

/** How many replaced deployments' ends are kept. */
const replacedKept = 5;

/** What is left of a purged instance: enough to refuse late commands. */
export interface Buried {
  readonly desired: DesiredInstance;
  readonly revision: number;
}

/**
 * What a command does to what is kept. `dropped`: older than what was seen. `repeated`: nothing new, but perhaps fresh addresses of the
 * archive and the data. `taken`: a new generation. `buried`: its instance was purged later than the command was made.
 */
export type Acceptance<Record extends Kept, Tombstone extends Buried> =
  | { readonly kind: 'buried'; readonly tombstone: Tombstone }
  | { readonly kind: 'dropped'; readonly record: Record }
  | { readonly kind: 'repeated' | 'taken'; readonly record: Record };

/** Pure: a command against what is kept of its instance. `first` makes the record of an instance never seen before. */
export function accept<Record extends Kept, Tombstone extends Buried>(input: {
  desired: DesiredInstance;
  record: Record | null;
  tombstone: Tombstone | null;
  first: (kept: Kept, revision: number) => Record;
  now: number;
}): Acceptance<Record, Tombstone> {
  const { desired, record, tombstone, first, now } = input;
  if (tombstone !== null && desired.generation <= tombstone.desired.generation) return { kind: 'buried', tombstone };
  if (record === null) {
    // Above whatever an engine said that lost its records: else nobody would believe this one.
    const revision = Math.max(tombstone?.revision ?? 0, now);
    return { kind: 'taken', record: first(firstKept(desired, now), revision) };
  }
  if (desired.generation < record.desired.generation) return { kind: 'dropped', record };
  if (desired.generation === record.desired.generation) {
    return { kind: 'repeated', record: withFreshAddresses(record, desired) };
  }
  return { kind: 'taken', record: nextRecord(record, desired, now) };
}

const firstKept = (desired: DesiredInstance, now: number): Kept => ({
  desired,
  progress: queuedProgress(desired, now),
  replaced: [],
  current: null,
  formerEnvironments: [],
  crashes: [],
  restarts: 0,
  nextStartAt: null,
  gaveUp: false,
});

/** A new generation is a new chance: whatever gave up or waits to be started again starts now. */
function nextRecord<Record extends Kept>(record: Record, desired: DesiredInstance, now: number): Record {
  const next: Record = { ...record, desired, crashes: [], nextStartAt: null, gaveUp: false };
  const { progress, replaced } = record;
  const wanted = desired.deployment?.deploymentId;
  if (wanted === progress?.deploymentId) return { ...next, progress: revived(progress, desired, now) };
  const known = wanted === undefined ? null : knownProgress(record, wanted);
  // Back to an earlier version, or to none: the newest one was given up, not replaced.
  const code = wanted === undefined || known !== null ? 'cancelled' : 'superseded';
  const left = progress === null ? null : ended(progress, code, { code, params: {} }, now);
  if (wanted === undefined) return { ...next, progress: left };
  const others = replaced.filter(({ deploymentId }) => deploymentId !== wanted);
  return {
    ...next,
    progress: known ?? queuedProgress(desired, now),
    replaced: left === null ? others : [left, ...others].slice(0, replacedKept),
  };
}

/** What was given up because its instance was deleted is wanted again when that is restored. */
function revived(
  progress: DeploymentProgress | null,
  desired: DesiredInstance,
  now: number,
): DeploymentProgress | null {
  const isWanted = desired.state === 'running' || desired.state === 'paused';
  const wasDropped = progress?.status === 'cancelled' && progress.reason?.code === 'instance_deleted';
  return isWanted && wasDropped ? queuedProgress(desired, now) : progress;
}

/** What became of a deployment that was the newest before. */
function knownProgress({ replaced, current, desired }: Kept, wanted: DeploymentId): DeploymentProgress | null {
  const found = replaced.find(({ deploymentId }) => deploymentId === wanted);
  if (found !== undefined) return found;
  return current?.deploymentId === wanted ? finishedProgress(desired, current) : null;
}

function withFreshAddresses<Record extends Kept>(record: Record, desired: DesiredInstance): Record {
  const { deployment: kept, data } = record.desired;
  const isSame = kept !== null && desired.deployment?.deploymentId === kept.deploymentId;
  if (!isSame && data === undefined) return record;
  const deployment = isSame && desired.deployment ? { ...kept, source: desired.deployment.source } : kept;
  return { ...record, desired: { ...record.desired, deployment, ...(data && { data: desired.data ?? data }) } };
}
