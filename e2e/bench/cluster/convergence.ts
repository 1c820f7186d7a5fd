import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { KubernetesObject } from '@kubernetes/client-node';
import { newId } from '@zarpa/contracts';
import { type Row, times } from '../measurement.ts';
import { copyNamespace } from './by-hand.ts';
import type { ClusterBench } from './cluster-bench.ts';
import { manifestOf } from './copies.ts';
import { SimulatedKubelet } from './simulated-kubelet.ts';

const hostFile = fileURLToPath(new URL('../../../apps/worker/bench/engine-host.ts', import.meta.url));
/** As the engine. */
const atATime = 32;
const perNamespace = 1_000;
const quietMs = 60_000;
/** After the last instance has settled the engine still waits for first lines that nobody prints here. */
const settleMs = 20_000;

type Answer = { readonly tookMs: number; readonly cpuMs: number };

/** One worker's engine in a process of its own. */
class EngineHost {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(options: object): Promise<EngineHost> {
    const host = new EngineHost(fork(hostFile, [JSON.stringify(options)]));
    await host.#answer();
    return host;
  }

  async ask(request: { converge: number } | { quietMs: number }): Promise<Answer> {
    this.#child.send(request);
    return await this.#answer();
  }

  async stop(): Promise<void> {
    if (!this.#child.connected) return;
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }

  async #answer(): Promise<Answer> {
    const over = new AbortController();
    const { signal } = over;
    const died = once(this.#child, 'exit', { signal }).then(([code]) => {
      throw new Error(`The engine's process exited with ${code}`);
    });
    try {
      const [answer] = await Promise.race([once(this.#child, 'message', { signal }), died]);
      return answer as Answer;
    } finally {
      over.abort();
      await died.catch(() => undefined);
    }
  }
}

/** What the engine made for its first instance: record, claim, variables, and the StatefulSet that needs them. */
async function templateOf({ bare }: ClusterBench, enginePrefix: string): Promise<KubernetesObject[]> {
  const found = async (kind: string, namespace: string) =>
    (await bare.list<KubernetesObject>(kind, namespace)).filter(
      ({ metadata }) => metadata?.labels?.['zarpa.dev/instance'] !== undefined,
    );
  const shard = `${enginePrefix}-bots-00`;
  const objects = await Promise.all([
    found('ConfigMap', `${enginePrefix}-engine`),
    found('PersistentVolumeClaim', shard),
    found('Secret', shard),
    found('StatefulSet', shard),
  ]);
  return objects.flat();
}

/** The same objects, so many times, by a bare client. Milliseconds until the last pod runs. */
async function applyBare(
  bench: ClusterBench,
  options: { kubelet: SimulatedKubelet; count: number; enginePrefix: string; template: readonly KubernetesObject[] },
): Promise<number> {
  const { kubelet, count, enginePrefix, template } = options;
  const { bare } = bench;
  const prefix = `${bench.prefix}-bare-`;
  const shard = `${enginePrefix}-bots-00`;
  const labels = template.at(-1)?.metadata?.labels ?? {};
  const idOf = (name: string) => labels[`zarpa.dev/${name}`]?.split('_')[1] ?? '';
  for (let number = 0; number * perNamespace < count; number++) await copyNamespace(bench, shard, `${prefix}${number}`);
  const applyOne = async (index: number) => {
    const namespace = `${prefix}${Math.floor(index / perNamespace)}`;
    const renamed = new Map([
      [idOf('instance'), newId('instance').split('_')[1] ?? ''],
      [idOf('deployment'), newId('deployment').split('_')[1] ?? ''],
      [shard, namespace],
      [`${enginePrefix}-engine`, namespace],
    ]);
    const [record, claim, secret, statefulSet] = template.map((object) => manifestOf(object, renamed));
    if (!record || !claim || !secret || !statefulSet) throw new Error('The first instance has not all of its objects');
    await bare.create(record);
    await Promise.all([bare.apply(claim), bare.create(secret)]);
    await bare.apply(statefulSet);
  };
  let next = 0;
  const begun = performance.now();
  const oneAfterAnother = async () => {
    while (next < count) await applyOne(next++);
  };
  await Promise.all(Array.from({ length: atATime }, oneAfterAnother));
  await kubelet.untilRunning(prefix, count);
  return performance.now() - begun;
}

/** V6: the real control plane; pods get no node and a simulated kubelet says that they run. */
export async function measureConvergence(bench: ClusterBench, count: number): Promise<Row[]> {
  const enginePrefix = `${bench.prefix}-many`;
  const storageClass = `${bench.prefix}-nobody`;
  await bench.bare.apply({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: storageClass },
    provisioner: 'zarpa.dev/nobody',
    volumeBindingMode: 'WaitForFirstConsumer',
  } as KubernetesObject);
  const kubelet = new SimulatedKubelet(bench.bare, (namespace) => namespace.startsWith(`${bench.prefix}-`));
  const nodeSelector = { 'zarpa.dev/bench': 'nowhere' };
  const host = await EngineHost.start({ namespacePrefix: enginePrefix, nodeSelector, storageClass });
  try {
    await host.ask({ converge: 1 });
    const template = await templateOf(bench, enginePrefix);
    const { tookMs, cpuMs: busyMs } = await host.ask({ converge: count });
    console.error(`  engine: ${count} in ${Math.round(tookMs)} ms`);
    await delay(settleMs);
    const { cpuMs } = await host.ask({ quietMs });
    await host.stop();
    const bareMs = await applyBare(bench, { kubelet, count, enginePrefix, template });
    console.error(`  bare client: ${count} in ${Math.round(bareMs)} ms`);
    return rowsOf({ count, bareMs, tookMs, busyMs, cpuMs });
  } finally {
    await host.stop();
    await bench.bare.delete('StorageClass', undefined, storageClass);
    await bench.removeNamespaces();
    await kubelet.stop();
  }
}

type Figures = Record<'count' | 'bareMs' | 'tookMs' | 'busyMs' | 'cpuMs', number>;

function rowsOf({ count, bareMs, tookMs, busyMs, cpuMs }: Figures): Row[] {
  const rate = (ms: number) => `${((count / ms) * 1_000).toFixed(1)}/s`;
  const cpuShare = (cpuMs / quietMs) * 100;
  const simulated = 'real etcd, API server and controllers; pods on no node, a simulated kubelet';
  return [
    {
      what: `V6: ${count} instances converge, commands -> all told as running and settled (${simulated})`,
      measured: `${rate(tookMs)}, the engine at ${Math.round((busyMs / tookMs) * 100)} % of a core`,
      floor: `${rate(bareMs)} (a bare client applies the same objects, ${atATime} at a time -> all pods run)`,
      ratio: times(bareMs / tookMs),
      goal: '>= 0.80x',
      met: bareMs / tookMs >= 0.8,
    },
    {
      what: `V6: CPU of that worker's engine in a quiet minute with ${count} instances (inventory and capacity reports included)`,
      measured: `${cpuShare.toFixed(1)} % of a core`,
      floor: '',
      ratio: '',
      goal: '<= 2 %',
      met: cpuShare <= 2,
    },
  ];
}
