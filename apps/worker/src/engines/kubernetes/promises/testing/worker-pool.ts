import { setTimeout as delay } from 'node:timers/promises';
import type { DesiredInstance } from '@zarpa/contracts';
import type { EngineEvents, EngineWorker } from '../../../contract/harness.ts';
import type { KubeconfigSource } from '../../client/cluster-access.ts';
import type { KubernetesHarness } from '../../testing/kubernetes-harness.ts';

const redeliverMs = 100;
const deliverWithinMs = 120_000;

/** Several workers over the same storage. Spoken to as one, a command reaches any that lives, again until one has taken it: as from a broker. */
export class WorkerPool implements EngineWorker {
  readonly opened: Promise<void>;
  readonly #harness: KubernetesHarness;
  readonly #events: EngineEvents;
  readonly #workers = new Map<string, EngineWorker>();
  readonly #kubeconfigs: ReadonlyMap<string, KubeconfigSource>;
  #turn = 0;

  constructor(options: {
    harness: KubernetesHarness;
    events: EngineEvents;
    ids: readonly string[];
    /** Of those that do not reach the API server as everybody does. */
    kubeconfigs?: ReadonlyMap<string, KubeconfigSource>;
  }) {
    this.#harness = options.harness;
    this.#events = options.events;
    this.#kubeconfigs = options.kubeconfigs ?? new Map();
    this.opened = Promise.all(options.ids.map((id) => this.start(id))).then(() => undefined);
  }

  get ids(): string[] {
    return [...this.#workers.keys()];
  }

  worker(id: string): EngineWorker {
    const worker = this.#workers.get(id);
    if (worker === undefined) throw new Error(`The worker ${id} does not live`);
    return worker;
  }

  async start(id: string): Promise<void> {
    const kubeconfig = this.#kubeconfigs.get(id);
    const worker = this.#harness.startWorker(this.#events, kubeconfig === undefined ? { id } : { id, kubeconfig });
    this.#workers.set(id, worker);
    await worker.opened;
  }

  async killOne(id: string): Promise<void> {
    const worker = this.worker(id);
    this.#workers.delete(id);
    await worker.kill();
  }

  async closeOne(id: string): Promise<void> {
    const worker = this.worker(id);
    this.#workers.delete(id);
    await worker.close({ stopBots: false });
  }

  async reconcile(desired: DesiredInstance): Promise<void> {
    for (const deadline = Date.now() + deliverWithinMs; ; await delay(redeliverMs)) {
      try {
        return await this.#any().reconcile(desired);
      } catch (error) {
        if (Date.now() >= deadline) throw error;
      }
    }
  }

  inventory: EngineWorker['inventory'] = () => this.#any().inventory();
  sample: EngineWorker['sample'] = () => this.#any().sample();
  runLog: EngineWorker['runLog'] = (instanceId) => this.#any().runLog(instanceId);
  buildLog: EngineWorker['buildLog'] = (instanceId, deploymentId) => this.#any().buildLog(instanceId, deploymentId);

  async kill(): Promise<void> {
    await Promise.all(this.ids.map((id) => this.killOne(id)));
  }

  async close(options: { stopBots: boolean }): Promise<void> {
    const workers = [...this.#workers.values()];
    this.#workers.clear();
    await Promise.all(workers.map((worker) => worker.close(options)));
  }

  /** In turn. */
  #any(): EngineWorker {
    const workers = [...this.#workers.values()];
    this.#turn += 1;
    const worker = workers[this.#turn % workers.length];
    if (worker === undefined) throw new Error('No worker lives');
    return worker;
  }
}
