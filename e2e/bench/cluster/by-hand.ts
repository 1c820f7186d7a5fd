import type { KubernetesObject, V1Job, V1Pod } from '@kubernetes/client-node';
import { newId } from '@zarpa/contracts';
import type { ClusterBench } from './cluster-bench.ts';
import { manifestOf } from './copies.ts';
import { botContainer, firstLineOf, gone } from './pods.ts';

const label = (instanceId: string): string => `zarpa.dev/instance=${instanceId}`;
const suffixOf = (id: string): string => id.slice(id.indexOf('_') + 1);
const nameOf = (id: string): string => id.replace('_', '-');
const jobWithinMs = 300_000;

/** What the engine made of an instance, to be made once more by hand. */
export interface Template {
  readonly instanceId: string;
  readonly deploymentId: string;
  readonly namespace: string;
  readonly job: V1Job;
  /** In the order of their application. */
  readonly objects: readonly KubernetesObject[];
}

/** Reads what the engine applied for an instance that runs. */
export async function templateOf(bench: ClusterBench, instanceId: string, job: V1Job): Promise<Template> {
  const { bare, prefix } = bench;
  const namespace = `${prefix}-bots-00`;
  const labelSelector = label(instanceId);
  const found = async (kind: string) => await bare.list<KubernetesObject>(kind, namespace, { labelSelector });
  const objects = [
    ...(await found('PersistentVolumeClaim')),
    ...(await found('Secret')),
    ...(await found('StatefulSet')),
  ];
  const deploymentId = job.metadata?.labels?.['zarpa.dev/deployment'] ?? '';
  if (objects.length !== 3) throw new Error(`${instanceId} should have three objects and has ${objects.length}`);
  return { instanceId, deploymentId, namespace, job, objects };
}

/** A namespace that is guarded as the engine's own. */
export async function copyNamespace({ bare }: ClusterBench, from: string, to: string): Promise<void> {
  const kinds = ['NetworkPolicy', 'ResourceQuota', 'LimitRange'];
  const guards = await Promise.all(kinds.map((kind) => bare.list<KubernetesObject>(kind, from)));
  const secrets = (await bare.list<KubernetesObject>('Secret', from)).filter(
    ({ metadata }) => metadata?.labels?.['zarpa.dev/instance'] === undefined,
  );
  const [namespace] = (await bare.list<KubernetesObject>('Namespace')).filter(
    ({ metadata }) => metadata?.name === from,
  );
  if (namespace === undefined) throw new Error(`There is no namespace ${from}`);
  const renamed = new Map([[from, to]]);
  for (const one of [namespace, ...guards.flat(), ...secrets]) {
    const copy = manifestOf(one, renamed);
    delete (copy as { spec?: { finalizers?: unknown } }).spec?.finalizers;
    await bare.apply(copy);
  }
}

/** Somebody who types what the engine does: the same manifests, under names of their own, by a bare client. */
export class ByHand {
  readonly #bench: ClusterBench;
  readonly #template: Template;
  readonly #namespace: string;
  readonly #instanceId = newId('instance');
  #deploymentId = newId('deployment');

  private constructor(bench: ClusterBench, template: Template) {
    this.#bench = bench;
    this.#template = template;
    this.#namespace = `${bench.prefix}-hand`;
  }

  static async prepare(bench: ClusterBench, template: Template): Promise<ByHand> {
    const hand = new ByHand(bench, template);
    await copyNamespace(bench, template.namespace, hand.#namespace);
    return hand;
  }

  /** Milliseconds from the first manifest to the first line of a bot that did not run. */
  async start(): Promise<number> {
    this.#deploymentId = newId('deployment');
    const from = performance.now();
    await this.#apply(imageOf(this.#template));
    return (await firstLineOf(this.#bench.bare, this.#pod)) - from;
  }

  /** Milliseconds from the build of an archive to the first line of the pod that takes the place of the one that runs. */
  async build(archiveAddress: () => Promise<string>): Promise<number> {
    this.#deploymentId = newId('deployment');
    const from = performance.now();
    await this.#runJob(await archiveAddress());
    await this.#apply(`${this.#repository}:${this.#deploymentId}`);
    const took = (await this.#replacePod()) - from;
    await this.#bench.bare.delete('Job', this.#template.job.metadata?.namespace, this.#jobName);
    return took;
  }

  /** As a paused instance: the StatefulSet has no replica. */
  async stop(): Promise<void> {
    const { bare } = this.#bench;
    const ref = { namespace: this.#namespace, name: nameOf(this.#instanceId) };
    await bare.mergePatch('StatefulSet', ref, { spec: { replicas: 0 } });
    await gone(bare, 'Pod', this.#namespace, label(this.#instanceId));
  }

  async #apply(image: string): Promise<void> {
    for (const object of this.#template.objects)
      await this.#bench.bare.apply(withImage(manifestOf(object, this.#renamed), image));
  }

  /** The StatefulSet's strategy is `OnDelete`. */
  async #replacePod(): Promise<number> {
    const { bare } = this.#bench;
    const { namespace, name } = this.#pod;
    const { metadata } = await bare.get<V1Pod>('Pod', namespace, name);
    await bare.delete('Pod', namespace, name);
    return await firstLineOf(bare, this.#pod, metadata?.uid);
  }

  async #runJob(archiveUrl: string): Promise<void> {
    const { bare } = this.#bench;
    const names = new Map([...this.#renamed].filter(([from]) => from !== this.#template.namespace));
    const job = withArchive(manifestOf(this.#template.job, names), archiveUrl);
    const namespace = job.metadata?.namespace ?? '';
    await bare.create(job);
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(jobWithinMs)]);
    try {
      const query = { fieldSelector: `metadata.name=${this.#jobName}` };
      for await (const { object } of bare.watch<V1Job>('Job', { namespace, query, signal })) {
        if ((object.status?.failed ?? 0) > 0) throw new Error('The build by hand failed');
        if ((object.status?.succeeded ?? 0) > 0) return;
      }
      throw new Error('The build by hand did not end');
    } finally {
      over.abort();
    }
  }

  get #pod(): { namespace: string; name: string } {
    return { namespace: this.#namespace, name: `${nameOf(this.#instanceId)}-0` };
  }

  get #jobName(): string {
    return `build-${nameOf(this.#deploymentId)}`;
  }

  get #repository(): string {
    return `${this.#bench.cluster.registry.host}/${this.#bench.prefix}/${this.#instanceId}`;
  }

  get #renamed(): ReadonlyMap<string, string> {
    const { instanceId, deploymentId, namespace } = this.#template;
    return new Map([
      [suffixOf(instanceId), suffixOf(this.#instanceId)],
      [suffixOf(deploymentId), suffixOf(this.#deploymentId)],
      [namespace, this.#namespace],
    ]);
  }
}

type Containers = { name?: string; image?: string; env?: { name: string; value?: string }[] }[];
interface PodOwner {
  spec?: { template?: { spec?: { containers?: Containers; initContainers?: Containers } } };
}

const botOf = (object: KubernetesObject | undefined) =>
  (object as PodOwner | undefined)?.spec?.template?.spec?.containers?.find(({ name }) => name === botContainer);

const imageOf = ({ objects }: Template): string => botOf(objects.at(-1))?.image ?? '';

function withImage<T extends KubernetesObject>(object: T, image: string): T {
  const bot = botOf(object);
  if (bot !== undefined) bot.image = image;
  return object;
}

/** The address of the archive stands in a variable of the container that fetches it, as JSON. */
function withArchive<T extends KubernetesObject>(job: T, archiveUrl: string): T {
  for (const { env = [] } of (job as PodOwner).spec?.template?.spec?.initContainers ?? []) {
    for (const variable of env) {
      if (!variable.value?.includes('"archiveUrl"')) continue;
      variable.value = JSON.stringify({ ...JSON.parse(variable.value), archiveUrl, addressMadeAt: Date.now() });
    }
  }
  return job;
}
