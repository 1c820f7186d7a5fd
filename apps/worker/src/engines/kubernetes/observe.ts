import { isFinal, type ObservedInstance, type ObservedState } from '@zarpa/contracts';
import type { CrashPolicy } from '../instance/crash-policy.ts';
import { targetVersion } from '../instance/kept.ts';
import { reasonOf } from '../instance/observed.ts';
import type { InstanceRecord } from './record/record.ts';
import { observedTransfer, openTransfer } from './transfers/asked-transfer.ts';

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
    reason: state === 'starting' ? (run?.problem ?? null) : reasonOf(record, state, policy),
    deploymentId: run?.deploymentId ?? record.current?.deploymentId ?? null,
    exitCode: record.lastExit?.exitCode ?? null,
    restarts: record.restarts,
    startedAt: state === 'running' || state === 'starting' ? (run?.startedAt ?? null) : null,
    nextStartAt: state === 'backoff' ? record.nextStartAt : null,
    memoryLimitMb: run?.memoryMb ?? desired.limits.memoryMb,
    transfer: observedTransfer(record),
    observedAt: record.changedAt,
  };
}

function stateOf(record: InstanceRecord): ObservedState {
  const { desired, run } = record;
  if (desired.state === 'purged') return 'stopping';
  if (desired.state !== 'running') return run === null ? desired.state : 'stopping';
  if (record.gaveUp) return run === null ? 'stopped' : 'stopping';
  if (run?.stopping) return 'stopping';
  if (record.nextStartAt !== null) return 'backoff';
  if (run !== null) return run.stable ? 'running' : 'starting';
  if (targetVersion(record) !== null) return 'starting';
  if (record.progress === null || record.progress.status === 'queued') return 'pending';
  return isFinal(record.progress.status) ? 'failed' : 'building';
}

function isSettled(record: InstanceRecord): boolean {
  const { desired, run, progress } = record;
  if (desired.state === 'purged') return false;
  if (openTransfer(record) !== null || record.transfer?.status === 'running') return false;
  if (progress !== null && !isFinal(progress.status)) return false;
  if (desired.state !== 'running' || record.gaveUp) return run === null;
  const target = targetVersion(record);
  if (target === null) return true;
  if (run === null || run.stopping || run.deploymentId !== target.deploymentId) return false;
  if (run.restartRevision < desired.restartRevision) return false;
  if (run.memoryMb !== null && run.memoryMb !== desired.limits.memoryMb) return false;
  return run.stable || record.nextStartAt !== null;
}
