import type { Component, TestCluster } from '@zarpa/test-cluster';
import type { ContractInstance } from '../../../contract/contract-world.ts';
import { shuffled } from '../../../contract/random.ts';
import type { KubernetesClient } from '../../client/kubernetes-client.ts';
import { pods, statefulSets } from '../../client/resource-kinds.ts';
import type { TcpProxy } from '../../client/testing/tcp-proxy.ts';
import { instanceName, podName } from '../../names.ts';
import type { WorkerPool } from './worker-pool.ts';

export interface FaultScene {
  readonly client: KubernetesClient;
  readonly component: NonNullable<TestCluster['component']>;
  readonly pool: WorkerPool;
  /** The way of each worker to the API server. */
  readonly proxies: ReadonlyMap<string, TcpProxy>;
  /** The namespace of the bots. */
  readonly namespace: string;
  readonly random: () => number;
  /** Any of the bots. */
  pick(): ContractInstance;
}

type Fault = (scene: FaultScene) => Promise<void>;

const componentFault =
  (name: Component): Fault =>
  async ({ component, random }) => {
    if (random() < 0.5) return await component(name, 'restart');
    await component(name, 'kill');
    await component(name, 'start');
  };

/** A change that anybody with the right to do so might make. */
const edit =
  (spec: object): Fault =>
  async ({ client, namespace, pick }) => {
    const ref = { namespace, name: instanceName(pick().id) };
    await client.patch(statefulSets, ref, { type: 'merge', body: { spec } });
  };

const faults = {
  'worker killed': async ({ pool, random }) => {
    const id = pickFrom(pool.ids, random);
    await pool.killOne(id);
    await pool.start(id);
  },
  'apiserver restarted': componentFault('apiserver'),
  'kubelet restarted': componentFault('kubelet'),
  'containerd restarted': componentFault('containerd'),
  'controller-manager restarted': componentFault('controller-manager'),
  'watch connections cut': async ({ proxies, random }) => {
    proxies.get(pickFrom([...proxies.keys()], random))?.cut();
  },
  'pod deleted by hand': async ({ client, namespace, pick }) => {
    await client.delete(pods, { namespace, name: podName(pick().id) });
  },
  'StatefulSet edited by hand: no replica': edit({ replicas: 0 }),
  'StatefulSet edited by hand: two replicas': edit({ replicas: 2 }),
  'StatefulSet edited by hand: another template': edit({
    template: { metadata: { labels: { 'zarpa.dev/deployment': 'edited' } } },
  }),
} satisfies Record<string, Fault>;

type FaultName = keyof typeof faults;

export const inject = (name: FaultName, scene: FaultScene): Promise<void> => faults[name](scene);

const restarted: readonly Component[] = ['apiserver', 'containerd', 'controller-manager', 'kubelet'];

/** Starts what has ended by itself, such as a kubelet that began before containerd served: what an init system does on a node. */
export async function superviseComponents(component: FaultScene['component']): Promise<void> {
  for (const name of restarted) await component(name, 'start');
}

/** So many in random order, each kind as often as the others, give or take one. */
export function faultOrder(count: number, random: () => number): FaultName[] {
  const names = Object.keys(faults) as FaultName[];
  const order: FaultName[] = [];
  while (order.length < count) order.push(...shuffled(names, random));
  return order.slice(0, count);
}

export function pickFrom<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('There is nothing to pick from');
  return item;
}
