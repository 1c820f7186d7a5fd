import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { KubernetesObject, V1Pod } from '@kubernetes/client-node';
import { connectTestCluster, type TestCluster } from '@zarpa/test-cluster';
import { Customer } from '../../src/platform/customer.ts';
import { type Platform, startPlatform } from '../../src/platform/platform.ts';
import { BareClient } from './bare-client.ts';

/** Where the test cluster's stand-in for Docker Hub answers. */
const mirrorPort = 5000;
const goneWithinMs = 600_000;
const lookMs = 2_000;

/** One cluster, namespaces of the bench's own in it, and the platform, once a row wants it. */
export class ClusterBench {
  readonly cluster: TestCluster;
  readonly bare: BareClient;
  /** Begins the name of every namespace. */
  readonly prefix: string;
  #product: Promise<{ platform: Platform; customer: Customer }> | null = null;

  private constructor(cluster: TestCluster, bare: BareClient) {
    this.cluster = cluster;
    this.bare = bare;
    this.prefix = `bench-${randomBytes(3).toString('hex')}`;
  }

  static async open(): Promise<ClusterBench> {
    const cluster = connectTestCluster();
    return new ClusterBench(cluster, await BareClient.open(cluster.kubeconfig));
  }

  /** The address of this machine for pods. */
  get host(): string {
    const { hostAddress } = this.cluster;
    if (hostAddress === null) throw new Error('Builds fetch from this machine: set TEST_HOST_ADDRESS');
    return hostAddress;
  }

  /** The whole platform on this machine, its bots and builds in the cluster. */
  product(): Promise<{ platform: Platform; customer: Customer }> {
    this.#product ??= this.#start();
    return this.#product;
  }

  /** Ends the platform, and removes what it and the bench made in the cluster. */
  async close(): Promise<void> {
    if (this.#product !== null) {
      const { platform, customer } = await this.#product;
      customer.leave();
      await platform.stop();
    }
    await this.removeNamespaces();
    this.bare.close();
  }

  async removeNamespaces(): Promise<void> {
    for (const namespace of await this.#namespaces()) await this.bare.delete('Namespace', undefined, namespace);
    for (const kind of ['ValidatingAdmissionPolicyBinding', 'ValidatingAdmissionPolicy']) {
      const own = (await this.bare.list(kind)).filter(({ metadata }) => metadata?.name?.startsWith(`${this.prefix}-`));
      for (const { metadata } of own) await this.bare.delete(kind, undefined, metadata?.name ?? '');
    }
    const deadline = Date.now() + goneWithinMs;
    while (!(await this.#releasePods())) {
      if (Date.now() > deadline) throw new Error(`The namespaces ${this.prefix}-* do not end`);
      await delay(lookMs);
    }
  }

  async #start(): Promise<{ platform: Platform; customer: Customer }> {
    const environment = { LOG_LEVEL: 'warn', ...this.#engineEnvironment() };
    const platform = await startPlatform({ sandboxHost: this.host, environment });
    return { platform, customer: await Customer.arrive(platform) };
  }

  #engineEnvironment(): Record<string, string> {
    const { kubeconfig, registry } = this.cluster;
    return {
      ENGINE: 'kubernetes',
      KUBECONFIG: kubeconfig,
      KUBERNETES_NAMESPACE_PREFIX: this.prefix,
      REGISTRY_HOST: registry.host,
      REGISTRY_PATH: this.prefix,
      REGISTRY_USERNAME: registry.username,
      REGISTRY_PASSWORD: registry.password.reveal(),
      REGISTRY_INSECURE: registry.insecure ? '1' : '0',
      REGISTRY_MIRROR: `${this.host}:${mirrorPort}`,
      REGISTRY_MIRROR_INSECURE: '1',
      CLUSTER_DNS_CIDRS: `${this.host}/32`,
      BUILD_EGRESS_CIDRS: `${this.host}/32`,
    };
  }

  async #namespaces(): Promise<string[]> {
    const all = await this.bare.list<KubernetesObject>('Namespace');
    const names = all.map(({ metadata }) => metadata?.name ?? '');
    return names.filter((name) => name.startsWith(`${this.prefix}-`));
  }

  /** Nobody reads the logs of what is left any more. True once nothing is left. */
  async #releasePods(): Promise<boolean> {
    const namespaces = await this.#namespaces();
    for (const namespace of namespaces) {
      const pods = await this.bare.list<V1Pod>('Pod', namespace);
      const held = pods.filter(({ metadata }) => metadata?.deletionTimestamp && metadata.finalizers?.length);
      const body = { metadata: { finalizers: null } };
      for (const { metadata } of held)
        await this.bare.mergePatch('Pod', { namespace, name: metadata?.name ?? '' }, body).catch(() => undefined);
    }
    return namespaces.length === 0;
  }
}
