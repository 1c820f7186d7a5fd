import { targetVersion, type Version, versionChanged } from '../instance/kept.ts';
import { stepStarted, succeeded } from '../instance/progress.ts';
import type { InstanceRecord, Run } from './record.ts';

/** Pure: a start, written down before it happens; null where it is no longer wanted. */
export function runBegun(
  record: InstanceRecord,
  version: Version,
  runId: string,
  now: number,
): Partial<InstanceRecord> | null {
  const { desired, progress } = record;
  const wanted = desired.state === 'running' && targetVersion(record)?.deploymentId === version.deploymentId;
  if (!wanted || record.run !== null) return null;
  const isNewest = progress?.deploymentId === version.deploymentId && progress.status === 'starting';
  return {
    ...versionChanged(record, version),
    nextStartAt: null,
    progress: isNewest ? stepStarted(progress, 'first_line', now) : progress,
    run: {
      runId,
      deploymentId: version.deploymentId,
      restartRevision: desired.restartRevision,
      startedAt: now,
      process: null,
      stable: false,
      stopRequestedAt: null,
      killCause: null,
      logOffset: 0,
    },
  };
}

/** Pure: a run that has been up for long enough, and with it the deployment that it started. */
export function runStable(run: Run, { progress }: InstanceRecord, now: number): Partial<InstanceRecord> {
  const wasStarting = progress?.deploymentId === run.deploymentId && progress.status === 'starting';
  return { run: { ...run, stable: true }, progress: wasStarting ? succeeded(progress, now) : progress };
}
