import { setTimeout as delay } from 'node:timers/promises';
import type { DeploymentId, DesiredInstance, InstanceId, MetricSample } from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import type { ConfigMap, Namespace } from 'kubernetes-types/core/v1';
import type { OpenEnvironment } from '../../environment/open-environment.ts';
import type { ClusterReport, Engine, EngineInstance, EngineListener } from '../engine.ts';
import { type CrashPolicy, defaultCrashPolicy } from '../instance/crash-policy.ts';
import type { LogSource } from '../log-source.ts';
import { type ClusterNature, findNature } from './abilities.ts';
import type { BuildRunner } from './builds/build-runner.ts';
import type { BuildSettings } from './builds/build-settings.ts';
import { ClusterBuilds } from './builds/cluster-builds.ts';
import { WorkQueue } from './cache/work-queue.ts';
import { readCapacity } from './capacity.ts';
import type { KubeconfigSource } from './client/cluster-access.ts';
import { KubernetesClient } from './client/kubernetes-client.ts';
import { namespaces as namespaceKind, priorityClasses as priorityClassKind } from './client/resource-kinds.ts';
import { ClusterCaches } from './cluster-caches.ts';
import type { KubernetesContext } from './context.ts';
import { Directory } from './directory.ts';
import { priorityClasses } from './manifests/priority-class.ts';
import { Membership } from './membership/membership.ts';
import { label, namespacesOf } from './names.ts';
import { observe } from './observe.ts';
import { type BotSettings, defaultTimings, type KubernetesTimings } from './options.ts';
import { parseStored, RecordStore } from './record/record-store.ts';
import { readSamples } from './samples.ts';
import { Shards } from './shards.ts';
import type { TransferSettings } from './transfers/transfer-settings.ts';

const passesAtATime = 32;
const sweepIntervalMs = 3_600_000;
const stopLookMs = 100;
/** For the cluster to do it. */
const stopExtraMs = 20_000;

export interface KubernetesEngineOptions {
  readonly kubeconfig: KubeconfigSource;
  /** Begins the name of every namespace. */
  readonly namespacePrefix: string;
  /** This worker among those of the cluster. */
  readonly workerId: string;
  readonly bots: BotSettings;
  readonly builds: BuildSettings;
  readonly transfers: TransferSettings;
  readonly openEnvironment: OpenEnvironment;
  readonly logger: Logger;
  readonly timings?: Partial<KubernetesTimings>;
  readonly crashPolicy?: Partial<CrashPolicy>;
  readonly leaseMs?: number;
}

/** Runs bots as pods of one cluster, together with any number of other workers. */
export class KubernetesEngine implements Engine {
  readonly kind = 'kubernetes';
  readonly #options: KubernetesEngineOptions;
  #open: Opened | null = null;
  #held = false;
  #sweeping: NodeJS.Timeout | undefined;

  constructor(options: KubernetesEngineOptions) {
    this.#options = options;
  }

  async open(listener: EngineListener, options: { signal?: AbortSignal } = {}): Promise<void> {
    const {
      kubeconfig,
      namespacePrefix,
      workerId,
      builds: buildSettings,
      bots,
      transfers,
      logger,
      leaseMs,
    } = this.#options;
    const client = await KubernetesClient.fromKubeconfig(kubeconfig);
    const nature = await findNature(client);
    for (const { name, status, detail } of nature.report) {
      if (status !== 'available') logger.warn({ ability: name, detail }, 'The cluster lacks an ability');
    }
    const namespaces = namespacesOf(namespacePrefix);
    await client.apply(namespaceKind, engineNamespace(namespaces.engine));
    for (const one of priorityClasses()) await client.apply(priorityClassKind, one);
    const queue = new WorkQueue<InstanceId>({
      concurrency: passesAtATime,
      logger,
      handle: (instanceId) => this.#pass(instanceId),
    });
    const wake = (instanceId: InstanceId) => queue.add(instanceId);
    const builds: BuildRunner = new ClusterBuilds({ client, settings: buildSettings, logger, onChange: wake });
    await builds.prepare();
    const store = new RecordStore(client, namespaces.engine);
    const caches = new ClusterCaches({
      client,
      namespaces,
      logger,
      onChange: (instanceId, record) => this.#hear(instanceId, record),
    });
    const context: KubernetesContext = {
      client,
      store,
      caches,
      builds,
      shards: new Shards({ client, bots, dockerConfigJson: builds.dockerConfigJson }),
      abilities: nature.abilities,
      bots,
      transfers,
      listener,
      openEnvironment: this.#options.openEnvironment,
      policy: { ...defaultCrashPolicy, ...this.#options.crashPolicy },
      timings: { ...defaultTimings, ...this.#options.timings },
      logger,
    };
    const directory = new Directory({ context, namespaces, wake });
    this.#open = { context, directory, queue, nature, membership: null };
    await caches.synced();
    options.signal?.throwIfAborted();
    const membership = await Membership.join({
      client,
      namespace: namespaces.engine,
      workerId,
      logger,
      ...(leaseMs === undefined ? {} : { durationMs: leaseMs }),
    });
    this.#open = { ...this.#open, membership };
    const share = () => directory.share((instanceId) => membership.isOwner(instanceId));
    membership.onChange(share);
    share();
    this.#sweeping = setInterval(() => void this.#sweep(), sweepIntervalMs).unref();
    logger.info({ server: client.server, version: nature.version, workerId }, 'Opened the Kubernetes engine');
  }

  async reconcile(desired: DesiredInstance): Promise<void> {
    const { context, directory } = this.#opened();
    const { deployment, instanceId } = desired;
    if (deployment !== null) context.openEnvironment(deployment.deploymentId, deployment.environment);
    await directory.keeperOf(instanceId).take(desired);
    this.#settleOwner(instanceId);
  }

  async inventory(): Promise<EngineInstance[]> {
    const { directory, context } = this.#opened();
    return directory
      .records()
      .map((record) => ({ observed: observe(record, context.policy), progress: record.progress }));
  }

  async sample(): Promise<Map<InstanceId, MetricSample>> {
    const { context, directory, nature, membership } = this.#opened();
    if (!nature.abilities.metrics) return new Map();
    const own = (instanceId: InstanceId) => (membership?.isOwner(instanceId) ? directory.recordOf(instanceId) : null);
    return await readSamples(context.client, own);
  }

  async report(): Promise<ClusterReport> {
    const { context, nature } = this.#opened();
    const capacity = await readCapacity(context.client, context.caches.botPods());
    return { engineVersion: nature.version, abilities: nature.report, capacity };
  }

  runLog(instanceId: InstanceId): LogSource {
    return this.#opened().directory.runLogOf(instanceId);
  }

  buildLog(_instanceId: InstanceId, deploymentId: DeploymentId): LogSource {
    return this.#opened().context.builds.log(deploymentId);
  }

  async close(options: { stopBots: boolean }): Promise<void> {
    const open = this.#open;
    if (open === null) return;
    if (options.stopBots) await this.#stopBots(open);
    clearInterval(this.#sweeping);
    await open.queue.stop();
    await open.membership?.close();
    open.context.caches.stop();
    open.directory.close();
    await open.context.builds.close();
    await open.context.client.close();
    this.#open = null;
  }

  async #pass(instanceId: InstanceId): Promise<void> {
    const open = this.#open;
    const instance = open?.directory.ownedInstance(instanceId);
    if (open === null || instance === undefined) return;
    const againMs = await instance.pass({ held: this.#held });
    if (againMs !== null) open.queue.addAfter(instanceId, againMs);
    if (instance.keeper.record === null) open.directory.forget(instanceId);
  }

  async #sweep(): Promise<void> {
    const { directory, membership } = this.#opened();
    try {
      await directory.sweep((instanceId) => membership?.isOwner(instanceId) === true, Date.now());
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'Failed to remove old records');
    }
  }

  #hear(instanceId: InstanceId, record: ConfigMap | null | undefined): void {
    const open = this.#open;
    if (open === null) return;
    if (record === null) open.directory.forget(instanceId);
    else if (record !== undefined) {
      const keeper = open.directory.keeperOf(instanceId);
      // Mostly it is an echo of what this worker wrote.
      if (keeper.stored?.resourceVersion !== record.metadata?.resourceVersion) keeper.learn(parseStored(record));
    }
    open.directory.changed(instanceId);
    this.#settleOwner(instanceId);
  }

  /** The owner works on it; where nobody is told yet who that is, the one who is asked will be told. */
  #settleOwner(instanceId: InstanceId): void {
    const { directory, membership, queue } = this.#opened();
    if (membership?.isOwner(instanceId) !== true) return;
    directory.own(instanceId);
    queue.add(instanceId);
  }

  /** Not for ever: what does not stop in time is left running. */
  async #stopBots({ directory, queue, context }: Opened): Promise<void> {
    this.#held = true;
    const { stopGraceMs, logPatienceMs } = context.timings;
    const deadline = Date.now() + stopGraceMs + logPatienceMs + stopExtraMs;
    const running = () => directory.owned().filter(({ keeper }) => keeper.record?.run != null);
    for (const id of directory.ownedIds()) queue.add(id);
    while (running().length > 0 && Date.now() < deadline) await delay(stopLookMs);
    const left = running().length;
    if (left > 0) context.logger.warn({ left }, 'Left bots running that did not stop in time');
  }

  #opened(): Opened {
    if (this.#open === null) throw new Error('The engine is not open');
    return this.#open;
  }
}

interface Opened {
  readonly context: KubernetesContext;
  readonly directory: Directory;
  readonly queue: WorkQueue<InstanceId>;
  readonly nature: ClusterNature;
  readonly membership: Membership | null;
}

const engineNamespace = (name: string): Namespace => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { [label.part]: 'engine', 'pod-security.kubernetes.io/enforce': 'restricted' } },
});
