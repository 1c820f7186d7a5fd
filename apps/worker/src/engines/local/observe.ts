import { isFinal, type ObservedInstance, type ObservedState } from '@zarpa/contracts';
import type { CrashPolicy } from '../instance/crash-policy.ts';
import { targetVersion } from '../instance/kept.ts';
import { reasonOf } from '../instance/observed.ts';
import type { InstanceRecord } from './record.ts';

/** Pure: what is told of an instance. It does not change from one telling to the next unless the instance did. */
export function observe(record: InstanceRecord, policy: CrashPolicy): ObservedInstance {
  const { desired, run } = record;
  const state = stateOf(record);
  return {
    instanceId: desired.instanceId,
    clusterId: desired.clusterId,
    generation: desired.generation,
    settled: isSettled(record),
    revision: record.revision,
    state,
    reason: reasonOf(record, state, policy),
    deploymentId: run?.deploymentId ?? record.current?.deploymentId ?? null,
    exitCode: record.lastExit?.exitCode ?? null,
    restarts: record.restarts,
    startedAt: run?.startedAt ?? null,
    nextStartAt: state === 'backoff' ? record.nextStartAt : null,
    memoryLimitMb: desired.limits.memoryMb,
    observedAt: record.changedAt,
  };
}

function stateOf(record: InstanceRecord): ObservedState {
  const { desired, run } = record;
  if (desired.state === 'purged') return 'stopping';
  if (desired.state !== 'running') return run === null ? desired.state : 'stopping';
  if (run !== null) {
    if (run.stopRequestedAt !== null) return 'stopping';
    return run.stable ? 'running' : 'starting';
  }
  if (record.gaveUp) return 'stopped';
  if (record.nextStartAt !== null) return 'backoff';
  if (targetVersion(record) !== null) return 'starting';
  if (record.progress === null || record.progress.status === 'queued') return 'pending';
  return isFinal(record.progress.status) ? 'failed' : 'building';
}

function isSettled(record: InstanceRecord): boolean {
  const { desired, run, progress } = record;
  if (desired.state === 'purged') return false;
  if (progress !== null && !isFinal(progress.status)) return false;
  if (desired.state !== 'running') return run === null;
  const target = targetVersion(record);
  if (target === null || record.gaveUp) return true;
  if (run === null) return record.nextStartAt !== null;
  return (
    run.stopRequestedAt === null &&
    run.deploymentId === target.deploymentId &&
    run.restartRevision >= desired.restartRevision
  );
}
