import { createServer } from 'node:net';
import {
  ApiException,
  AppsV1Api,
  AuthorizationV1Api,
  CoreV1Api,
  KubeConfig,
  KubernetesObjectApi,
  PortForward,
  type V1Pod,
} from '@kubernetes/client-node';
import type { TestRegistry } from '@zarpa/test-cluster';
import { waitFor } from '@zarpa/testing';

export const pullSecret = 'registry';

/** What the chart's tests ask of a cluster. */
export class Kubernetes {
  readonly config = new KubeConfig();
  readonly core: CoreV1Api;
  readonly apps: AppsV1Api;
  readonly authorization: AuthorizationV1Api;
  readonly objects: KubernetesObjectApi;

  constructor(kubeconfig: string) {
    this.config.loadFromFile(kubeconfig);
    this.core = this.config.makeApiClient(CoreV1Api);
    this.apps = this.config.makeApiClient(AppsV1Api);
    this.authorization = this.config.makeApiClient(AuthorizationV1Api);
    this.objects = KubernetesObjectApi.makeApiClient(this.config);
  }

  /** A namespace whose pods can pull from the registry, and must fulfil the Pod Security level `restricted`. */
  async createNamespace(name: string, registry: TestRegistry): Promise<void> {
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
    await this.core.createNamespace({ body: { metadata: { name, labels } } });
    const auth = Buffer.from(`${registry.username}:${registry.password.reveal()}`).toString('base64');
    const config = JSON.stringify({ auths: { [registry.host]: { auth } } });
    const body = {
      metadata: { name: pullSecret },
      type: 'kubernetes.io/dockerconfigjson',
      stringData: { '.dockerconfigjson': config },
    };
    await this.core.createNamespacedSecret({ namespace: name, body });
  }

  async namespaces(prefix: string): Promise<string[]> {
    const { items } = await this.core.listNamespace();
    return items.flatMap(({ metadata }) => (metadata?.name?.startsWith(prefix) ? [metadata.name] : []));
  }

  /** With what the worker made beside them. Bots that were left running are let go: their finalizer waits for a worker that is no more. */
  async removeNamespaces(prefix: string): Promise<void> {
    for (const name of await this.namespaces(prefix)) {
      await this.core.deleteNamespace({ name, propagationPolicy: 'Background' });
    }
    for (const kind of ['ValidatingAdmissionPolicyBinding', 'ValidatingAdmissionPolicy']) {
      const policy = { apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name: `${prefix}-builds` } };
      await this.objects.delete(policy).catch(ignoreMissing);
    }
    await waitFor(async () => (await this.releasePods(prefix)) === 0, {
      timeoutMs: 200_000,
      describe: 'the end of the namespaces',
    });
  }

  async releasePods(prefix: string): Promise<number> {
    const names = await this.namespaces(prefix);
    for (const namespace of names) {
      for (const { metadata } of await this.pods(namespace)) {
        if (
          metadata?.finalizers === undefined ||
          metadata.name === undefined ||
          metadata.deletionTimestamp === undefined
        )
          continue;
        const body = [{ op: 'remove', path: '/metadata/finalizers' }];
        await this.core.patchNamespacedPod({ namespace, name: metadata.name, body }).catch(ignoreMissing);
      }
    }
    return names.length;
  }

  async pods(namespace: string, labelSelector?: string): Promise<V1Pod[]> {
    return (await this.core.listNamespacedPod({ namespace, ...(labelSelector === undefined ? {} : { labelSelector }) }))
      .items;
  }

  async component(namespace: string, component: string): Promise<V1Pod[]> {
    const pods = await this.pods(namespace, `app.kubernetes.io/component=${component}`);
    return pods.filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
  }

  /** The data of a Secret, opened. */
  async secret(namespace: string, name: string): Promise<Record<string, string>> {
    const { data = {} } = await this.core.readNamespacedSecret({ namespace, name });
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
    );
  }

  /** Whether an account may do something. */
  async may(user: string, resourceAttributes: Readonly<Record<string, string>>): Promise<boolean> {
    const body = { spec: { user, resourceAttributes } };
    return (await this.authorization.createSubjectAccessReview({ body })).status?.allowed ?? false;
  }

  /** The same cluster as a service account. */
  async as(namespace: string, serviceAccount: string): Promise<KubernetesObjectApi> {
    const body = { spec: { audiences: [], expirationSeconds: 600 } };
    const { status } = await this.core.createNamespacedServiceAccountToken({ namespace, name: serviceAccount, body });
    const cluster = this.config.getCurrentCluster();
    if (cluster === null || status === undefined) throw new Error('No cluster or no token');
    const config = new KubeConfig();
    config.loadFromClusterAndUser(cluster, { name: serviceAccount, token: status.token });
    return KubernetesObjectApi.makeApiClient(config);
  }

  /** Makes a component's port reachable on a port of this machine, each connection to a pod that is ready then. */
  async forward(namespace: string, component: string, target: number, port: number): Promise<() => void> {
    const forwarding = new PortForward(this.config);
    const server = createServer(async (socket) => {
      socket.on('error', () => socket.destroy());
      try {
        const ready = (await this.component(namespace, component)).find(isReady);
        if (ready?.metadata?.name === undefined) throw new Error(`No pod of ${component} is ready`);
        const tunnel = await forwarding.portForward(namespace, ready.metadata.name, [target], socket, null, socket);
        // Whoever asks must see the end of a pod, not wait for its answer.
        const web = typeof tunnel === 'function' ? tunnel() : tunnel;
        web?.addEventListener('close', () => socket.destroy());
      } catch {
        socket.destroy();
      }
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return () => server.close();
  }
}

export const isReady = ({ status }: V1Pod): boolean =>
  status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;

export function ignoreMissing(error: unknown): void {
  if (!(error instanceof ApiException && error.code === 404)) throw error;
}
