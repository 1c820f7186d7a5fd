import type { DeploymentId } from '@zarpa/contracts';
import type { Job } from 'kubernetes-types/batch/v1';
import type { Pod } from 'kubernetes-types/core/v1';
import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { jobs, pods } from '../client/resource-kinds.ts';
import { buildContainer, jobName } from './build-names.ts';
import { stateOf, terminatedOf } from './read-build.ts';

export interface BuildObjects {
  readonly job: Job;
  readonly pod: Pod | null;
}

/** A build's objects as they are now; null where there is no Job. */
export async function findBuild(
  client: KubernetesClient,
  namespace: string,
  deploymentId: DeploymentId,
): Promise<BuildObjects | null> {
  const name = jobName(deploymentId);
  const job = await client.get(jobs, { namespace, name });
  if (job === null) return null;
  const { items } = await client.list(pods, { namespace, labelSelector: `batch.kubernetes.io/job-name=${name}` });
  return { job, pod: items[0] ?? null };
}

export const podHasEnded = (pod: Pod | null): boolean =>
  pod?.status?.phase === 'Succeeded' || pod?.status?.phase === 'Failed';

export const hasBegun = (pod: Pod | null, container: string): boolean => {
  const state = stateOf(pod, container);
  return state?.running !== undefined || state?.terminated !== undefined;
};

/** Nothing more will be printed. A container's end is told some time before its pod's. */
export const hasPrintedAll = (pod: Pod | null): boolean =>
  podHasEnded(pod) || terminatedOf(pod, buildContainer) !== null;
