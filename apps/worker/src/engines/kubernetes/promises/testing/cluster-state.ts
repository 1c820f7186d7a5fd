import type { InstanceId } from '@zarpa/contracts';
import type { StatefulSet } from 'kubernetes-types/apps/v1';
import type { Pod } from 'kubernetes-types/core/v1';
import type { ContractInstance } from '../../../contract/contract-world.ts';
import type { KubernetesClient } from '../../client/kubernetes-client.ts';
import { pods, statefulSets } from '../../client/resource-kinds.ts';
import { label } from '../../names.ts';
import { botContainer } from '../../pods/pod-facts.ts';
import { toMebibytes } from '../../pods/quantity.ts';

/** What there is of all bots of a namespace. */
interface ClusterState {
  readonly pods: ReadonlyMap<InstanceId, readonly Pod[]>;
  readonly statefulSets: ReadonlyMap<InstanceId, StatefulSet>;
}

export async function readClusterState(client: KubernetesClient, namespace: string): Promise<ClusterState> {
  const labelSelector = `${label.part}=bot`;
  const [sets, found] = await Promise.all([
    client.list(statefulSets, { namespace, labelSelector }),
    client.list(pods, { namespace, labelSelector }),
  ]);
  return {
    pods: Map.groupBy(found.items, instanceOf),
    statefulSets: new Map(sets.items.map((set) => [instanceOf(set), set])),
  };
}

/** Why an instance is not yet as its owner wants it, by what was reported and by what is there; null: it is. */
export function lagOf({ desired, observed }: ContractInstance, state: ClusterState): string | null {
  if (observed === undefined) return 'nothing was observed';
  if (observed.generation !== desired.generation || !observed.settled) return 'it is not settled';
  if (observed.state !== desired.state) return `it is ${observed.state}, not ${desired.state}`;
  const replicas = desired.state === 'running' ? 1 : 0;
  if (state.statefulSets.get(desired.instanceId)?.spec?.replicas !== replicas) return 'its replicas are wrong';
  const own = state.pods.get(desired.instanceId) ?? [];
  if (own.length !== replicas) return `it has ${own.length} pods`;
  const pod = own[0];
  return pod === undefined ? null : podLag(pod, desired);
}

/** Instances of which more than one pod runs. */
export const runningTwice = (state: ClusterState): InstanceId[] =>
  [...state.pods].filter(([, own]) => own.filter(isRunning).length > 1).map(([instanceId]) => instanceId);

function podLag(pod: Pod, { deployment, limits }: ContractInstance['desired']): string | null {
  if (pod.metadata?.deletionTimestamp !== undefined) return 'its pod is being deleted';
  if (!isRunning(pod)) return 'its pod does not run';
  if (pod.metadata?.labels?.[label.deployment] !== deployment?.deploymentId) return 'its pod is of another deployment';
  const granted = containerOf(pod)?.resources?.limits?.memory;
  return toMebibytes(granted) === limits.memoryMb ? null : `its pod has ${granted}, not ${limits.memoryMb} MB`;
}

const containerOf = ({ status }: Pod) => status?.containerStatuses?.find(({ name }) => name === botContainer);
const isRunning = (pod: Pod): boolean => containerOf(pod)?.state?.running !== undefined;
const instanceOf = ({ metadata }: Pod | StatefulSet): InstanceId => metadata?.labels?.[label.instance] as InstanceId;
