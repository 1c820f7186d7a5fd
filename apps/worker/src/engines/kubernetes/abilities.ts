import type { ClusterAbility } from '@zarpa/contracts';
import type { KubernetesClient } from './client/kubernetes-client.ts';
import { isNotFound, isUnavailable } from './client/kubernetes-error.ts';
import type { Abilities } from './options.ts';

type ApiReader = Pick<KubernetesClient, 'getRaw'>;

/** Of the API server, such as 1.36. */
interface ServerVersion {
  readonly text: string;
  readonly minor: number;
}

export interface ClusterNature {
  readonly version: string;
  readonly abilities: Abilities;
  /** For the operator. */
  readonly report: readonly ClusterAbility[];
}

/** Finds out, once, what a cluster can do and what is done instead where it can not. */
export async function findNature(client: ApiReader): Promise<ClusterNature> {
  const [version, core, admission, metrics] = await Promise.all([
    readVersion(client),
    resourceNames(client, '/api/v1'),
    resourceNames(client, '/apis/admissionregistration.k8s.io/v1'),
    hasMetrics(client),
  ]);
  const abilities: Abilities = {
    userNamespaces: version.minor >= 33,
    podResize: core.has('pods/resize'),
    readWriteOncePod: version.minor >= 29,
    admissionPolicies: admission.has('validatingadmissionpolicies'),
    metrics,
  };
  return { version: version.text, abilities, report: describe(abilities) };
}

const withoutIt: Readonly<Record<keyof Abilities, readonly [name: string, instead: string]>> = {
  userNamespaces: [
    'user_namespaces',
    'Needs Kubernetes 1.33 or later. Bots run without a user namespace of their own; builds are refused.',
  ],
  podResize: ['pod_resize', 'Needs Kubernetes 1.33 or later. A new plan takes effect by a restart of the bot.'],
  readWriteOncePod: [
    'read_write_once_pod',
    'Needs Kubernetes 1.29 or later. Volumes are ReadWriteOnce; the StatefulSet alone keeps a bot from running twice.',
  ],
  admissionPolicies: [
    'admission_policies',
    'Needs Kubernetes 1.30 or later. What may run in the namespace of builds is not checked; builds are refused.',
  ],
  metrics: ['metrics', 'Install metrics-server: without it nobody sees how much memory and CPU a bot uses.'],
};

function describe(abilities: Abilities): ClusterAbility[] {
  return (Object.keys(withoutIt) as (keyof Abilities)[]).map((ability) => {
    const [name, detail] = withoutIt[ability];
    return abilities[ability] ? { name, status: 'available', detail: null } : { name, status: 'missing', detail };
  });
}

/** Metrics come from a server of their own: one that does not answer now is there all the same. */
async function hasMetrics(client: ApiReader): Promise<boolean> {
  try {
    return (await resourceNames(client, '/apis/metrics.k8s.io/v1beta1')).has('pods');
  } catch (error) {
    if (isUnavailable(error)) return true;
    throw error;
  }
}

async function readVersion(client: ApiReader): Promise<ServerVersion> {
  const { gitVersion = '', minor = '0' } = (await client.getRaw('/version')) as { gitVersion?: string; minor?: string };
  return { text: gitVersion, minor: Number.parseInt(minor, 10) };
}

async function resourceNames(client: ApiReader, path: string): Promise<Set<string>> {
  try {
    const { resources = [] } = (await client.getRaw(path)) as { resources?: { name: string }[] };
    return new Set(resources.map(({ name }) => name));
  } catch (error) {
    if (isNotFound(error)) return new Set();
    throw error;
  }
}
