import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from 'kubernetes-types/admissionregistration/v1';
import type { StatefulSet } from 'kubernetes-types/apps/v1';
import type { Job } from 'kubernetes-types/batch/v1';
import type { Lease } from 'kubernetes-types/coordination/v1';
import type {
  ConfigMap,
  LimitRange,
  Namespace,
  Node,
  PersistentVolumeClaim,
  Pod,
  ResourceQuota,
  Secret,
} from 'kubernetes-types/core/v1';
import type { ObjectMeta } from 'kubernetes-types/meta/v1';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { PriorityClass } from 'kubernetes-types/scheduling/v1';

export interface KubernetesObject {
  apiVersion?: string;
  kind?: string;
  metadata?: ObjectMeta;
}

export interface ObjectRef {
  readonly namespace?: string;
  readonly name: string;
}

/** One kind of object, as addressed in the API. */
export interface ResourceKind<T extends KubernetesObject> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Never set: carries the type. */
  readonly object?: T;
}

const namespaced = <T extends KubernetesObject>(apiVersion: string, kind: string, plural: string): ResourceKind<T> => ({
  apiVersion,
  kind,
  plural,
  namespaced: true,
});

const clusterWide = <T extends KubernetesObject>(
  apiVersion: string,
  kind: string,
  plural: string,
): ResourceKind<T> => ({ apiVersion, kind, plural, namespaced: false });

export const pods = namespaced<Pod>('v1', 'Pod', 'pods');
export const configMaps = namespaced<ConfigMap>('v1', 'ConfigMap', 'configmaps');
export const secrets = namespaced<Secret>('v1', 'Secret', 'secrets');
export const persistentVolumeClaims = namespaced<PersistentVolumeClaim>(
  'v1',
  'PersistentVolumeClaim',
  'persistentvolumeclaims',
);
export const resourceQuotas = namespaced<ResourceQuota>('v1', 'ResourceQuota', 'resourcequotas');
export const limitRanges = namespaced<LimitRange>('v1', 'LimitRange', 'limitranges');
export const statefulSets = namespaced<StatefulSet>('apps/v1', 'StatefulSet', 'statefulsets');
export const jobs = namespaced<Job>('batch/v1', 'Job', 'jobs');
export const leases = namespaced<Lease>('coordination.k8s.io/v1', 'Lease', 'leases');
export const networkPolicies = namespaced<NetworkPolicy>('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies');

export const namespaces = clusterWide<Namespace>('v1', 'Namespace', 'namespaces');
export const nodes = clusterWide<Node>('v1', 'Node', 'nodes');
export const priorityClasses = clusterWide<PriorityClass>('scheduling.k8s.io/v1', 'PriorityClass', 'priorityclasses');
export const validatingAdmissionPolicies = clusterWide<ValidatingAdmissionPolicy>(
  'admissionregistration.k8s.io/v1',
  'ValidatingAdmissionPolicy',
  'validatingadmissionpolicies',
);
export const validatingAdmissionPolicyBindings = clusterWide<ValidatingAdmissionPolicyBinding>(
  'admissionregistration.k8s.io/v1',
  'ValidatingAdmissionPolicyBinding',
  'validatingadmissionpolicybindings',
);
