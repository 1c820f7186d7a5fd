import { randomBytes } from 'node:crypto';
import {
  ApiException,
  CoreV1Api,
  KubeConfig,
  NetworkingV1Api,
  type V1Pod,
  type V1PodSpec,
} from '@kubernetes/client-node';

/** What these tests ask of the API, in a namespace of their own. */
export interface Namespace {
  readonly name: string;
  readonly core: CoreV1Api;
  readonly networking: NetworkingV1Api;
  createPod(name: string, spec: PodSpec): Promise<V1Pod>;
  readPod(name: string): Promise<V1Pod>;
  /** The last lines of a pod's log. */
  readLog(name: string, lines?: number): Promise<string>;
  remove(): Promise<void>;
}

interface PodSpec {
  readonly image: string;
  readonly command: string[];
  readonly labels?: Record<string, string>;
  readonly restartPolicy?: V1PodSpec['restartPolicy'];
  /** Name of the Secret that the image is pulled with. */
  readonly pullSecret?: string;
}

export async function createNamespace(kubeconfig: string): Promise<Namespace> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const core = config.makeApiClient(CoreV1Api);
  const networking = config.makeApiClient(NetworkingV1Api);
  const name = `t-cluster-${randomBytes(4).toString('hex')}`;
  await core.createNamespace({ body: { metadata: { name } } });
  await ensureServiceAccount(core, name);
  const namespace = name;
  return {
    name,
    core,
    networking,
    createPod: (podName, spec) =>
      core.createNamespacedPod({
        namespace,
        body: { metadata: { name: podName, labels: spec.labels }, spec: podSpec(spec) },
      }),
    readPod: (podName) => core.readNamespacedPod({ namespace, name: podName }),
    readLog: (podName, tailLines) => core.readNamespacedPodLog({ namespace, name: podName, tailLines }),
    remove: async () => {
      await core.deleteNamespace({ name, propagationPolicy: 'Background' });
    },
  };
}

/** No pod can be created before it: the controller manager makes it some moments after the namespace. */
async function ensureServiceAccount(core: CoreV1Api, namespace: string): Promise<void> {
  try {
    await core.createNamespacedServiceAccount({ namespace, body: { metadata: { name: 'default' } } });
  } catch (error) {
    if (!(error instanceof ApiException && error.code === 409)) throw error;
  }
}

function podSpec({ image, command, restartPolicy = 'Always', pullSecret }: PodSpec): V1PodSpec {
  return {
    restartPolicy,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 0,
    imagePullSecrets: pullSecret === undefined ? [] : [{ name: pullSecret }],
    containers: [{ name: 'main', image, command, resources: { requests: { cpu: '10m', memory: '32Mi' } } }],
  };
}
