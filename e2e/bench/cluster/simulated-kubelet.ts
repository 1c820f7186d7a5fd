import { setTimeout as delay } from 'node:timers/promises';
import type { V1Pod } from '@kubernetes/client-node';
import { type BareClient, Refusal } from './bare-client.ts';

const retryMs = 1_000;
const lookMs = 100;
const runWithinMs = 30 * 60_000;

/**
 * Says of every pod of some namespaces that it runs, as soon as it is made, and lets it go when it is deleted. The pods have no node; nothing
 * is started.
 */
export class SimulatedKubelet {
  readonly #client: BareClient;
  readonly #isOurs: (namespace: string) => boolean;
  readonly #stopped = new AbortController();
  /** Keys of the pods that were said to run. */
  readonly #running = new Set<string>();
  readonly #failures: unknown[] = [];
  readonly done: Promise<void>;

  constructor(client: BareClient, isOurs: (namespace: string) => boolean) {
    this.#client = client;
    this.#isOurs = isOurs;
    this.done = this.#run();
  }

  /** Resolves when so many pods of namespaces that begin so run. */
  async untilRunning(prefix: string, count: number): Promise<void> {
    const deadline = Date.now() + runWithinMs;
    for (;;) {
      let running = 0;
      for (const key of this.#running) if (key.startsWith(prefix)) running += 1;
      if (running >= count) return;
      if (this.#failures.length > 0) throw new Error('The simulated kubelet failed', { cause: this.#failures[0] });
      if (Date.now() > deadline) throw new Error(`Not all of ${count} pods of ${prefix}* run`);
      await delay(lookMs);
    }
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.done;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped;
    const query = { fieldSelector: 'spec.nodeName=' };
    while (!signal.aborted) {
      try {
        for await (const { type, object } of this.#client.watch<V1Pod>('Pod', { query, signal }))
          this.#see(type, object);
      } catch (error) {
        if (!signal.aborted) this.#failures.push(error);
      }
      await delay(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  #see(type: string, pod: V1Pod): void {
    const { namespace = '', name = '', deletionTimestamp, finalizers = [] } = pod.metadata ?? {};
    if (!this.#isOurs(namespace)) return;
    const key = `${namespace}/${name}`;
    if (type === 'DELETED') this.#running.delete(key);
    else if (deletionTimestamp === undefined && pod.status?.phase === 'Pending') this.#do(() => this.#start(pod, key));
    else if (deletionTimestamp !== undefined && finalizers.length > 0)
      this.#do(() => this.#release({ namespace, name }));
  }

  #do(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      // It is gone, or another one by now.
      if (!(error instanceof Refusal && (error.status === 404 || error.status === 409))) this.#failures.push(error);
    });
  }

  async #start(pod: V1Pod, key: string): Promise<void> {
    if (this.#running.has(key)) return;
    const { namespace = '', name = '' } = pod.metadata ?? {};
    const at = new Date().toISOString().replace(/\.\d+/, '');
    const condition = (type: string) => ({ type, status: 'True', lastTransitionTime: at });
    const status = {
      phase: 'Running',
      startTime: at,
      conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map(condition),
      containerStatuses: (pod.spec?.containers ?? []).map((container) => ({
        name: container.name,
        image: container.image,
        imageID: container.image,
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: at } },
      })),
    };
    await this.#client.mergePatch('Pod', { namespace, name }, { status }, '/status');
    this.#running.add(key);
  }

  async #release(ref: { namespace: string; name: string }): Promise<void> {
    await this.#client.mergePatch('Pod', ref, { metadata: { finalizers: null } });
  }
}
