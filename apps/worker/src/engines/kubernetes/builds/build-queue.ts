import { setTimeout as delay } from 'node:timers/promises';
import type { ConfigMap } from 'kubernetes-types/core/v1';
import { z } from 'zod';
import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { isAlreadyExists, isConflict } from '../client/kubernetes-error.ts';
import { configMaps, jobs } from '../client/resource-kinds.ts';
import { label, type Namespaces } from '../names.ts';
import { buildPart } from './build-job.ts';
import { ask, leave, QueueEntry, type QueueLimits } from './queue.ts';

export const queueName = 'build-queue';
const Entries = z.array(QueueEntry);
const attempts = 50;
const longestPauseMs = 200;

/** Who builds and who waits, for all workers of a cluster: one ConfigMap, changed by compare and swap. */
export class BuildQueue {
  readonly #client: KubernetesClient;
  readonly #namespaces: Namespaces;
  readonly #limits: QueueLimits;

  constructor(options: { client: KubernetesClient; namespaces: Namespaces; limits: QueueLimits }) {
    this.#client = options.client;
    this.#namespaces = options.namespaces;
    this.#limits = options.limits;
  }

  /** Takes a place, or keeps it. True once the build may begin. */
  async ask(build: Pick<QueueEntry, 'deploymentId' | 'instanceId' | 'ownerId'>): Promise<boolean> {
    return await this.#change(async (entries) => {
      // Read after the queue: a Job made before the queue was read is seen.
      const withJobs = await this.#deploymentsWithJobs();
      const change = ask({ entries, build, jobs: withJobs, limits: this.#limits, now: Date.now() });
      return { entries: change.changed ? change.entries : null, result: change.granted };
    });
  }

  /** `ending`: the slot stays taken until the Job is gone. */
  async leave(deploymentId: string, options: { ending: boolean }): Promise<void> {
    await this.#change(async (entries) => {
      const next = leave(entries, deploymentId, options);
      return { entries: JSON.stringify(next) === JSON.stringify(entries) ? null : next, result: undefined };
    });
  }

  async #change<T>(
    work: (entries: QueueEntry[]) => Promise<{ entries: readonly QueueEntry[] | null; result: T }>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const found = await this.#client.get(configMaps, { namespace: this.#namespaces.engine, name: queueName });
      const { entries, result } = await work(Entries.parse(JSON.parse(found?.data?.entries ?? '[]')));
      if (entries === null) return result;
      try {
        await this.#write(found, entries);
        return result;
      } catch (error) {
        if (attempt >= attempts || !(isConflict(error) || isAlreadyExists(error))) throw error;
        await delay(Math.random() * Math.min(longestPauseMs, attempt * 20));
      }
    }
  }

  async #write(found: ConfigMap | null, entries: readonly QueueEntry[]): Promise<void> {
    const data = { entries: JSON.stringify(entries) };
    const { engine: namespace } = this.#namespaces;
    if (found === null) {
      const metadata = { name: queueName, namespace, labels: { [label.part]: queueName } };
      await this.#client.create(configMaps, { metadata, data });
    } else await this.#client.replace(configMaps, { ...found, data });
  }

  async #deploymentsWithJobs(): Promise<Set<string>> {
    const { items } = await this.#client.list(jobs, {
      namespace: this.#namespaces.builds,
      labelSelector: `${label.part}=${buildPart}`,
    });
    return new Set(items.flatMap(({ metadata }) => metadata?.labels?.[label.deployment] ?? []));
  }
}
