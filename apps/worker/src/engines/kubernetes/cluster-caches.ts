import type { InstanceId } from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import type { StatefulSet } from 'kubernetes-types/apps/v1';
import type { Job } from 'kubernetes-types/batch/v1';
import type { ConfigMap, Pod } from 'kubernetes-types/core/v1';
import { Reflector } from './cache/reflector.ts';
import type { KubernetesClient } from './client/kubernetes-client.ts';
import { configMaps, jobs, pods, statefulSets } from './client/resource-kinds.ts';
import { instanceName, label, type Namespaces, podName, transferName, transferPart } from './names.ts';
import { recordSelector } from './record/record-store.ts';

/** What the engine knows of the cluster without asking: watched, a few milliseconds old. */
export class ClusterCaches {
  readonly #records: Reflector<ConfigMap>;
  readonly #statefulSets: Reflector<StatefulSet>;
  readonly #pods: Reflector<Pod>;
  readonly #jobs: Reflector<Job>;
  readonly #buildPods: Reflector<Pod>;
  readonly #transferJobs: Reflector<Job>;
  readonly #transferPods: Reflector<Pod>;
  readonly #namespaces: Namespaces;
  readonly #strays = new Map<InstanceId, Set<string>>();

  constructor(options: {
    client: KubernetesClient;
    namespaces: Namespaces;
    logger: Logger;
    /** Something of an instance changed; `record` is its ConfigMap where that is what changed, null where it is gone. */
    onChange: (instanceId: InstanceId, record?: ConfigMap | null) => void;
  }) {
    const { client, namespaces, logger, onChange } = options;
    const tell = (_key: string, object: { metadata?: Labelled } | null, before: { metadata?: Labelled } | null) => {
      const instanceId = instanceOf(object) ?? instanceOf(before);
      if (instanceId !== null) onChange(instanceId);
    };
    const common = { client, logger, onChange: tell };
    const bots = { ...common, labelSelector: `${label.part}=bot` };
    const builds = { ...common, labelSelector: `${label.part}=build`, namespace: namespaces.builds };
    const transfers = { ...common, labelSelector: `${label.part}=${transferPart}` };
    this.#namespaces = namespaces;
    this.#records = new Reflector<ConfigMap>({
      client,
      logger,
      kind: configMaps,
      namespace: namespaces.engine,
      labelSelector: recordSelector,
      onChange: (_key, object, before) => {
        const instanceId = instanceOf(object) ?? instanceOf(before);
        if (instanceId !== null) onChange(instanceId, object);
      },
    });
    this.#statefulSets = new Reflector<StatefulSet>({ ...bots, kind: statefulSets });
    this.#pods = new Reflector<Pod>({
      ...bots,
      kind: pods,
      onChange: (key, pod, before) => {
        this.#countStray(pod ?? before, key, pod !== null);
        tell(key, pod, before);
      },
    });
    this.#jobs = new Reflector<Job>({ ...builds, kind: jobs });
    this.#buildPods = new Reflector<Pod>({ ...builds, kind: pods });
    this.#transferJobs = new Reflector<Job>({ ...transfers, kind: jobs });
    this.#transferPods = new Reflector<Pod>({ ...transfers, kind: pods });
  }

  /** Resolves when all of it is known. */
  async synced(): Promise<void> {
    await Promise.all(this.#all().map((reflector) => reflector.synced));
  }

  records(): ConfigMap[] {
    return this.#records.list();
  }

  record(instanceId: InstanceId): ConfigMap | null {
    return this.#records.get(this.#namespaces.engine, instanceName(instanceId));
  }

  statefulSet(shard: string, instanceId: InstanceId): StatefulSet | null {
    return this.#statefulSets.get(shard, instanceName(instanceId));
  }

  pod(shard: string, instanceId: InstanceId): Pod | null {
    return this.#pods.get(shard, podName(instanceId));
  }

  /** Of all instances, in all namespaces. */
  botPods(): Pod[] {
    return this.#pods.list();
  }

  /** Pods of an instance besides the one that it may have: somebody raised the replicas by hand. */
  strays(instanceId: InstanceId): Pod[] {
    const keys = [...(this.#strays.get(instanceId) ?? [])];
    return keys.map((key) => this.#pods.get(...splitKey(key))).filter((pod) => pod !== null);
  }

  jobsOf(instanceId: InstanceId): Job[] {
    return this.#jobs.list().filter((job) => instanceOf(job) === instanceId);
  }

  transferJob(shard: string, instanceId: InstanceId): Job | null {
    return this.#transferJobs.get(shard, transferName(instanceId));
  }

  transferPodsOf(instanceId: InstanceId): Pod[] {
    return this.#transferPods.list().filter((pod) => instanceOf(pod) === instanceId);
  }

  podOf(job: Job): Pod | null {
    const uid = job.metadata?.uid;
    const own = this.#buildPods
      .list()
      .filter(({ metadata }) => metadata?.ownerReferences?.some((one) => one.uid === uid));
    return own.at(-1) ?? null;
  }

  stop(): void {
    for (const reflector of this.#all()) reflector.stop();
  }

  #countStray(pod: Pod | null, key: string, isThere: boolean): void {
    const instanceId = instanceOf(pod);
    if (instanceId === null || pod?.metadata?.name === podName(instanceId)) return;
    const keys = this.#strays.get(instanceId) ?? new Set();
    if (isThere) this.#strays.set(instanceId, keys.add(key));
    else if (keys.delete(key) && keys.size === 0) this.#strays.delete(instanceId);
  }

  #all(): { synced: Promise<void>; stop(): void }[] {
    const bots = [this.#records, this.#statefulSets, this.#pods];
    return [...bots, this.#jobs, this.#buildPods, this.#transferJobs, this.#transferPods];
  }
}

interface Labelled {
  readonly labels?: { readonly [name: string]: string };
}

function splitKey(key: string): [namespace: string, name: string] {
  const [namespace = '', name = ''] = key.split('/');
  return [namespace, name];
}

const instanceOf = (object: { metadata?: Labelled } | null): InstanceId | null =>
  (object?.metadata?.labels?.[label.instance] as InstanceId | undefined) ?? null;
