import { ContractWorld } from '../../../contract/contract-world.ts';
import type { KubeconfigSource } from '../../client/cluster-access.ts';
import { type HarnessChange, type KubernetesHarness, newKubernetesHarness } from '../../testing/kubernetes-harness.ts';
import { WorkerPool } from './worker-pool.ts';

export interface PromiseWorld extends AsyncDisposable {
  readonly world: ContractWorld;
  readonly pool: WorkerPool;
  readonly harness: KubernetesHarness;
}

/** An engine with several workers, in namespaces of its own. */
export async function openPromiseWorld(
  options: HarnessChange & {
    workers: readonly string[];
    kubeconfigs?: ReadonlyMap<string, KubeconfigSource>;
  },
): Promise<PromiseWorld> {
  const { workers: ids, kubeconfigs, ...change } = options;
  const harness = await newKubernetesHarness(change);
  let pool: WorkerPool | undefined;
  const world = await ContractWorld.open({
    ...harness,
    startWorker(events) {
      pool = new WorkerPool({ harness, events, ids, ...(kubeconfigs === undefined ? {} : { kubeconfigs }) });
      return pool;
    },
  });
  if (pool === undefined) throw new Error('The world has no worker');
  return { world, pool, harness, [Symbol.asyncDispose]: () => world.dispose() };
}
