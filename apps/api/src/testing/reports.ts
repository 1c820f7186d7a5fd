import {
  ClusterId,
  type DeploymentProgress,
  type DeploymentView,
  type InstanceId,
  type InstanceView,
  type ObservedInstance,
} from '@zarpa/contracts';

const clusterId = ClusterId.parse('local');

/** What every event of a worker begins with. */
export const envelope = { version: 1, workerId: 'worker-1', clusterId } as const;

/** An engine's report on an instance that runs. */
export function observed(instance: InstanceView, changes: Partial<ObservedInstance> = {}): ObservedInstance {
  return {
    instanceId: instance.instanceId as InstanceId,
    clusterId,
    generation: instance.generation,
    settled: true,
    revision: 1,
    state: 'running',
    reason: null,
    deploymentId: instance.latestDeployment?.deploymentId ?? null,
    exitCode: null,
    restarts: 0,
    startedAt: Date.now(),
    nextStartAt: null,
    memoryLimitMb: 512,
    observedAt: Date.now(),
    ...changes,
  };
}

/** An engine's report on a deployment that worked. */
export function progress(
  deployment: Pick<DeploymentView, 'deploymentId' | 'instanceId'>,
  changes: Partial<DeploymentProgress> = {},
): DeploymentProgress {
  return {
    deploymentId: deployment.deploymentId,
    instanceId: deployment.instanceId,
    generation: 1,
    revision: 1,
    status: 'succeeded',
    reason: null,
    steps: [{ name: 'fetch', status: 'done', startedAt: 1, finishedAt: 2 }],
    buildPlan: null,
    artifact: `artifact-of-${deployment.deploymentId}`,
    artifactBytes: 1,
    startedAt: 1,
    finishedAt: 2,
    ...changes,
  };
}
