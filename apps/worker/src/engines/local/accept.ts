import type { DeploymentId, DeploymentProgress, DesiredInstance } from '@zarpa/contracts';
import { ended, finishedProgress, queuedProgress } from './progress.ts';
import type { InstanceRecord, Tombstone } from './record.ts';

/** How many replaced deployments' ends are kept. */
const replacedKept = 5;

/**
 * What a command does to what is kept. `dropped`: older than what was seen. `repeated`: nothing new, but perhaps a fresh archive
 * address. `taken`: a new generation. `buried`: its instance was purged later than the command was made.
 */
export type Acceptance =
  | { readonly kind: 'buried'; readonly tombstone: Tombstone }
  | { readonly kind: 'dropped'; readonly record: InstanceRecord }
  | { readonly kind: 'repeated' | 'taken'; readonly record: InstanceRecord };

/** Pure: a command against what is kept of its instance. `newLog` is used for an instance never seen before. */
export function accept(input: {
  desired: DesiredInstance;
  record: InstanceRecord | null;
  tombstone: Tombstone | null;
  newLog: InstanceRecord['log'];
  now: number;
}): Acceptance {
  const { desired, record, tombstone, newLog, now } = input;
  if (tombstone !== null && desired.generation <= tombstone.desired.generation) return { kind: 'buried', tombstone };
  if (record === null) return { kind: 'taken', record: firstRecord(desired, newLog, tombstone, now) };
  if (desired.generation < record.desired.generation) return { kind: 'dropped', record };
  if (desired.generation === record.desired.generation) {
    return { kind: 'repeated', record: withFreshSource(record, desired) };
  }
  return { kind: 'taken', record: nextRecord(record, desired, now) };
}

function firstRecord(
  desired: DesiredInstance,
  log: InstanceRecord['log'],
  tombstone: Tombstone | null,
  now: number,
): InstanceRecord {
  return {
    version: 1,
    desired,
    // Above whatever an engine said whose folder is gone: else nobody would believe this one.
    revision: Math.max(tombstone?.revision ?? 0, now),
    changedAt: now,
    log,
    progress: queuedProgress(desired, now),
    replaced: [],
    current: null,
    formerEnvironments: [],
    run: null,
    lastExit: null,
    crashes: [],
    restarts: 0,
    nextStartAt: null,
    gaveUp: false,
  };
}

/** A new generation is a new chance: whatever gave up or waits to be started again starts now. */
function nextRecord(record: InstanceRecord, desired: DesiredInstance, now: number): InstanceRecord {
  const next: InstanceRecord = { ...record, desired, crashes: [], nextStartAt: null, gaveUp: false };
  const { progress, replaced } = record;
  const wanted = desired.deployment?.deploymentId;
  if (wanted === progress?.deploymentId) return next;
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

/** What became of a deployment that was the newest before. */
function knownProgress(
  { replaced, current, desired }: InstanceRecord,
  wanted: DeploymentId,
): DeploymentProgress | null {
  const found = replaced.find(({ deploymentId }) => deploymentId === wanted);
  if (found !== undefined) return found;
  return current?.deploymentId === wanted ? finishedProgress(desired, current) : null;
}

function withFreshSource(record: InstanceRecord, desired: DesiredInstance): InstanceRecord {
  const kept = record.desired.deployment;
  if (kept === null || desired.deployment?.deploymentId !== kept.deploymentId) return record;
  const deployment = { ...kept, source: desired.deployment.source };
  return { ...record, desired: { ...record.desired, deployment } };
}
