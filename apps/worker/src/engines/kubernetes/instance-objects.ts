import type { StatefulSet } from 'kubernetes-types/apps/v1';
import type { Secret as KubernetesSecret } from 'kubernetes-types/core/v1';
import { targetVersion, type Version } from '../instance/kept.ts';
import { isAlreadyExists, isConflict, isInvalid, isNotFound } from './client/kubernetes-error.ts';
import { persistentVolumeClaims, pods, secrets, statefulSets } from './client/resource-kinds.ts';
import type { KubernetesContext } from './context.ts';
import { applyVolume } from './instance-volume.ts';
import { covers } from './manifests/covers.ts';
import { environmentSecretOf } from './manifests/environment-secret.ts';
import { logKeeperContainer, logKeeperEnd } from './manifests/log-keeper.ts';
import { botResources, runOf, statefulSetOf } from './manifests/stateful-set.ts';
import { annotation, instanceName, label, logFinalizer, podName, volumeClaimName } from './names.ts';
import { type StrayPod, shouldRun } from './plan.ts';
import { botContainer, readPod } from './pods/pod-facts.ts';
import type { InstanceRecord } from './record/record.ts';

/** A keeper that has ended, and one that could not be reached. */
const askKeeperAgainMs = { done: 10_000, failed: 1_500 };

type Variables = Readonly<Record<string, string>>;

/** An instance's objects in the cluster: what they should be, and how they get there. Every method may be repeated. */
export class InstanceObjects {
  readonly #context: KubernetesContext;
  #keeperAsked = { uid: '', againAt: 0 };
  #opened: { readonly deploymentId: string; readonly variables: Variables } | null = null;

  constructor(context: KubernetesContext) {
    this.#context = context;
  }

  /** Null as long as nothing was ever started. */
  wanted(record: InstanceRecord): StatefulSet | null {
    const { bots, abilities, timings } = this.#context;
    const version = versionOf(record);
    if (version === null) return null;
    return statefulSetOf({
      desired: record.desired,
      version,
      revision: record.revision,
      shard: record.shard,
      replicas: shouldRun(record) ? 1 : 0,
      bots,
      abilities,
      stopGraceMs: timings.stopGraceMs,
      hasNodeOptions: 'NODE_OPTIONS' in this.#variablesOf(version),
    });
  }

  wantedRun(record: InstanceRecord): string | null {
    const version = versionOf(record);
    return version === null ? null : runOf({ desired: record.desired, version });
  }

  live(record: InstanceRecord): StatefulSet | null {
    return this.#context.caches.statefulSet(record.shard, record.desired.instanceId);
  }

  /**
   * Brings StatefulSet, claim and variables to what the record says, made from what the cache holds. False where that was not the newest:
   * look again when the cache has caught up.
   */
  async apply(record: InstanceRecord): Promise<boolean> {
    const { client } = this.#context;
    const wanted = this.wanted(record);
    if (wanted === null) return true;
    const ref = { namespace: record.shard, name: instanceName(record.desired.instanceId) };
    const live = this.live(record) ?? (await client.get(statefulSets, ref));
    if (revisionOf(live) > record.revision) return false;
    if (live === null || !hasBasisOf(live, wanted)) await this.#applyBasis(record);
    // With the uid: else an object that has just been deleted would be made again.
    const { resourceVersion, uid } = live?.metadata ?? {};
    const known = resourceVersion === undefined || uid === undefined ? {} : { resourceVersion, uid };
    const metadata = { ...wanted.metadata, ...known };
    return await unlessConflict(client.apply(statefulSets, { ...wanted, metadata }));
  }

  /** Asks for the pod's end, with its own grace. Never another pod than this one. */
  async deletePod(record: InstanceRecord, uid: string): Promise<boolean> {
    const ref = { namespace: record.shard, name: podName(record.desired.instanceId) };
    return await unlessConflict(this.#context.client.delete(pods, ref, { uid }));
  }

  async resizePod(record: InstanceRecord): Promise<boolean> {
    const ref = { namespace: record.shard, name: podName(record.desired.instanceId) };
    const { limits, requests } = botResources(record.desired.limits);
    const body = [
      { op: 'test', path: '/spec/containers/0/name', value: botContainer },
      { op: 'replace', path: '/spec/containers/0/resources', value: { limits, requests } },
    ];
    return await unlessConflict(
      this.#context.client.patch(pods, ref, { type: 'json', body }, { subresource: 'resize' }),
    );
  }

  /** One more pod than there may be, which is being deleted and waits for its log to be read: nobody follows it. */
  stray({ desired }: InstanceRecord): StrayPod | null {
    for (const pod of this.#context.caches.strays(desired.instanceId)) {
      const facts = readPod(pod);
      if (!facts?.deleting || !facts.heldForLog) continue;
      return { name: pod.metadata?.name ?? '', uid: facts.uid, over: facts.over };
    }
    return null;
  }

  /** The log of the pod's bot is read: the keeper may end. Asked again only after a while: the pod tells late that it has. */
  async endLogKeeper({ desired, shard }: InstanceRecord, { name, uid }: Pick<StrayPod, 'name' | 'uid'>): Promise<void> {
    const { client, logger } = this.#context;
    if (this.#keeperAsked.uid === uid && performance.now() < this.#keeperAsked.againAt) return;
    const askAgainIn = (ms: number) => {
      this.#keeperAsked = { uid, againAt: performance.now() + ms };
    };
    try {
      await client.writeStdin({ namespace: shard, name }, logKeeperContainer, logKeeperEnd);
      askAgainIn(askKeeperAgainMs.done);
    } catch (error) {
      askAgainIn(askKeeperAgainMs.failed);
      const { instanceId } = desired;
      logger.warn({ err: error, instanceId, pod: name }, 'Could not reach a log keeper: its pod ends with its grace');
    }
  }

  ownPod({ desired }: InstanceRecord, uid: string): Pick<StrayPod, 'name' | 'uid'> {
    return { name: podName(desired.instanceId), uid };
  }

  /** Lets an ended pod go: its log is read. */
  async releasePod(record: InstanceRecord, uid: string): Promise<boolean> {
    return await this.release(record, this.ownPod(record, uid));
  }

  /** Lets any ended pod of the instance go. */
  async release({ desired, shard }: InstanceRecord, { name, uid }: Pick<StrayPod, 'name' | 'uid'>): Promise<boolean> {
    const { client, caches } = this.#context;
    const known = [caches.pod(shard, desired.instanceId), ...caches.strays(desired.instanceId)];
    const pod = known.find((one) => one?.metadata?.uid === uid);
    const index = pod?.metadata?.finalizers?.indexOf(logFinalizer) ?? -1;
    if (index < 0) return false;
    const body = [
      { op: 'test', path: '/metadata/uid', value: uid },
      { op: 'test', path: `/metadata/finalizers/${index}`, value: logFinalizer },
      { op: 'remove', path: `/metadata/finalizers/${index}` },
    ];
    try {
      return await unlessConflict(client.patch(pods, { namespace: shard, name }, { type: 'json', body }));
    } catch (error) {
      // It was let go before, and the cache has not heard of that yet.
      if (isInvalid(error)) return false;
      throw error;
    }
  }

  /** Variables of versions that no pod uses any more. */
  async forgetEnvironments(record: InstanceRecord): Promise<void> {
    const { instanceId } = record.desired;
    const kept = record.current?.deploymentId ?? '';
    const labelSelector = `${label.part}=environment,${label.instance}=${instanceId},${label.deployment}!=${kept}`;
    await this.#context.client.deleteAll(secrets, { namespace: record.shard, labelSelector });
  }

  /** Everything but the record, for good. */
  async purge(record: InstanceRecord): Promise<void> {
    const { client } = this.#context;
    const { instanceId } = record.desired;
    const namespace = record.shard;
    await client.delete(statefulSets, { namespace, name: instanceName(instanceId) }, { propagation: 'Background' });
    await client.delete(persistentVolumeClaims, { namespace, name: volumeClaimName(instanceId) });
    const labelSelector = `${label.part}=environment,${label.instance}=${instanceId}`;
    await client.deleteAll(secrets, { namespace, labelSelector });
  }

  /** What a StatefulSet needs to be there before it. */
  async #applyBasis(record: InstanceRecord): Promise<void> {
    const { shards } = this.#context;
    const { desired, shard } = record;
    const version = versionOf(record);
    if (version === null) return;
    await shards.ensure(shard);
    const variables = this.#variablesOf(version);
    await Promise.all([
      applyVolume(this.#context, record),
      this.#createEnvironment(environmentSecretOf({ desired, version, shard, variables })),
    ]);
  }

  /** Of a deployment that never changes: what is there is right. */
  async #createEnvironment(secret: KubernetesSecret): Promise<void> {
    try {
      await this.#context.client.create(secrets, secret);
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
    }
  }

  #variablesOf({ deploymentId, environment }: Version): Variables {
    if (this.#opened?.deploymentId === deploymentId) return this.#opened.variables;
    const variables = this.#context.openEnvironment(deploymentId, environment).reveal();
    this.#opened = { deploymentId, variables };
    return variables;
  }
}

/** Claim and variables were made for the same version and size. */
function hasBasisOf(live: StatefulSet, wanted: StatefulSet): boolean {
  const basis = ({ metadata }: StatefulSet) => [
    metadata?.labels?.[label.deployment],
    metadata?.annotations?.[annotation.storage],
  ];
  return covers(basis(live), basis(wanted));
}

/** Compares what matters: a record's revision rises with every observation, and is no reason to write. */
export function statefulSetMatches(live: StatefulSet, wanted: StatefulSet): boolean {
  const { [annotation.revision]: _, ...annotations } = wanted.metadata?.annotations ?? {};
  const { resourceVersion: __, ...metadata } = wanted.metadata ?? {};
  return covers(live, { ...wanted, metadata: { ...metadata, annotations } });
}

/** The version that a StatefulSet names: the one to run, or the one that ran last. */
const versionOf = (record: InstanceRecord): Version | null =>
  shouldRun(record) ? (targetVersion(record) ?? record.current) : record.current;

const revisionOf = (object: StatefulSet | null): number =>
  Number(object?.metadata?.annotations?.[annotation.revision] ?? 0);

async function unlessConflict(write: Promise<unknown>, isConflictToo = isNotFound): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConflict(error) || isNotFound(error) || isConflictToo(error)) return false;
    throw error;
  }
}
