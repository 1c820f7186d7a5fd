import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InstanceId } from '@zarpa/contracts';
import { connectTestCluster, type TestCluster } from '@zarpa/test-cluster';
import { createTestRedis } from '@zarpa/testing';
import { hasCode } from '../../../error-code.ts';
import type { EngineEvents, EngineHarness, EngineWorker } from '../../contract/harness.ts';
import { startEngineProcess } from '../../contract/process/engine-process.ts';
import { sealVariables } from '../../contract/seal-variables.ts';
import type { BuildSettings } from '../builds/build-settings.ts';
import type { KubeconfigSource } from '../client/cluster-access.ts';
import { KubernetesClient } from '../client/kubernetes-client.ts';
import { namespaces as namespaceKind, pods } from '../client/resource-kinds.ts';
import { label, type Namespaces, namespacesOf, volumeClaimName } from '../names.ts';
import type { KubernetesTimings } from '../options.ts';
import { clusterOptions } from './cluster-options.ts';
import type { HostOptions } from './host-options.ts';

const hostFile = fileURLToPath(new URL('./engine-host.ts', import.meta.url));
const timings = { stableAfterMs: 2_500, stopGraceMs: 2_000, firstLineWaitMs: 4_000, logPatienceMs: 10_000 };
const crashPolicy = { maxCrashes: 5 };

export interface HarnessChange {
  readonly leaseMs?: number;
  readonly timings?: Partial<KubernetesTimings>;
  readonly buildLimits?: Partial<BuildSettings['limits']>;
  /** Of engines that share their images. */
  readonly registryPath?: string;
}

export interface KubernetesHarness extends EngineHarness {
  readonly cluster: TestCluster;
  /** Of the tests themselves: may do everything. */
  readonly client: KubernetesClient;
  readonly namespaces: Namespaces;
  /** Without an id it is the one worker there is. */
  startWorker(events: EngineEvents, worker?: { id: string; kubeconfig?: KubeconfigSource }): EngineWorker;
}

/** The Kubernetes engine in namespaces of its own. */
export async function newKubernetesHarness(change: HarnessChange = {}): Promise<KubernetesHarness> {
  const cluster = connectTestCluster();
  const namespacePrefix = `t-${randomBytes(4).toString('hex')}`;
  const client = await KubernetesClient.fromKubeconfig({ path: cluster.kubeconfig });
  const redis = createTestRedis();
  const key = randomBytes(32);
  const { bots, builds, transfers } = clusterOptions(cluster, namespacePrefix);
  const options: HostOptions = {
    workerId: 'contract',
    key: key.toString('base64'),
    redisUrl: redis.url,
    keyPrefix: redis.keyPrefix,
    logLevel: (process.env.HOST_LOG as 'warn') ?? 'warn',
    registryPassword: builds.registry.password?.reveal() ?? '',
    engine: {
      kubeconfig: { path: cluster.kubeconfig },
      namespacePrefix,
      bots,
      transfers,
      builds: {
        ...builds,
        registry: { ...builds.registry, password: null, path: change.registryPath ?? namespacePrefix },
        limits: { ...builds.limits, ...change.buildLimits },
      },
      leaseMs: change.leaseMs ?? 3_000,
      timings: { ...timings, ...change.timings },
      crashPolicy,
    },
  };
  return {
    cluster,
    client,
    namespaces: namespacesOf(namespacePrefix),
    timings: { ...timings, ...change.timings },
    crashPolicy,
    patience: 4,
    deathRounds: 8,
    sourceHost: cluster.hostAddress ?? '127.0.0.1',
    startWorker: (
      events,
      { id = options.workerId, kubeconfig = options.engine.kubeconfig } = { id: options.workerId },
    ) => startEngineProcess(hostFile, { ...options, workerId: id, engine: { ...options.engine, kubeconfig } }, events),
    readData: (instanceId, name) => readVolume(cluster, namespacePrefix, instanceId, name),
    seal: (deploymentId, variables) => sealVariables(key, deploymentId, variables),
    dispose: async () => {
      await removeNamespaces(client, namespacePrefix);
      await client.close();
      await redis.drop();
    },
  };
}

/** Volumes of the test cluster's storage class are folders named `<volume>_<namespace>_<claim>`. */
async function readVolume(
  cluster: TestCluster,
  prefix: string,
  instanceId: InstanceId,
  name: string,
): Promise<string | null> {
  if (cluster.volumesDirectory === null) throw new Error('The volumes of this cluster can not be read from here');
  const suffix = `_${namespacesOf(prefix).shard(0)}_${volumeClaimName(instanceId)}`;
  try {
    const folder = (await readdir(cluster.volumesDirectory)).find((one) => one.endsWith(suffix));
    return folder === undefined ? null : await readFile(join(cluster.volumesDirectory, folder, name), 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Pods that wait for a worker to read their log wait in vain now. */
async function removeNamespaces(client: KubernetesClient, prefix: string): Promise<void> {
  const { engine, builds, shard } = namespacesOf(prefix);
  const shards = [shard(0)];
  await Promise.all([engine, builds, ...shards].map((name) => client.delete(namespaceKind, { name })));
  for (const namespace of shards) {
    const { items } = await client.list(pods, { namespace, labelSelector: `${label.part}=bot` });
    const body = { metadata: { finalizers: null } };
    await Promise.all(
      items.map(({ metadata }) =>
        client.patch(pods, { namespace, name: metadata?.name ?? '' }, { type: 'merge', body }),
      ),
    );
  }
}
