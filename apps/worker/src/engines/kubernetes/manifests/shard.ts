import type { Secret as KubernetesSecret, LimitRange, Namespace, ResourceQuota } from 'kubernetes-types/core/v1';
import type { NetworkPolicy, NetworkPolicyEgressRule } from 'kubernetes-types/networking/v1';
import { label, transferPart } from '../names.ts';
import type { BotSettings } from '../options.ts';

/** So many instances share a namespace: Kubernetes' own threshold is 3,000 pods. */
export const instancesPerShard = 1_000;

export const pullSecretName = 'zarpa-registry';

type NetworkSettings = Pick<BotSettings, 'dnsCidrs' | 'privateCidrs'>;

/** Everything that is not the internet: private, shared, loopback, link-local (metadata services), multicast, reserved. */
const privateCidrs = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.168.0.0/16', '224.0.0.0/4', '240.0.0.0/4'],
];
const privateCidrsV6 = ['::1/128', 'fc00::/7', 'fe80::/10', 'ff00::/8', '64:ff9b::/96'];

/** Pure: what a shard namespace consists of, the namespace first. */
export function shardNamespaceOf(name: string): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        [label.part]: 'shard',
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      },
    },
  };
}

/** Pure: nothing comes in; out go DNS and the internet. */
export function shardNetworkPolicyOf(namespace: string, bots: NetworkSettings): NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'bots', namespace },
    spec: {
      podSelector: { matchExpressions: [{ key: label.part, operator: 'NotIn', values: [transferPart] }] },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [dnsRule(bots), internetRule(bots)],
    },
  };
}

function dnsRule({ dnsCidrs }: NetworkSettings): NetworkPolicyEgressRule {
  return {
    to: [
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
        podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      },
      ...dnsCidrs.map((cidr) => ({ ipBlock: { cidr } })),
    ],
    ports: [
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ],
  };
}

function internetRule(bots: NetworkSettings): NetworkPolicyEgressRule {
  const isV6 = (cidr: string) => cidr.includes(':');
  const own = bots.privateCidrs;
  return {
    to: [
      { ipBlock: { cidr: '0.0.0.0/0', except: [...privateCidrs, ...own.filter((cidr) => !isV6(cidr))] } },
      { ipBlock: { cidr: '::/0', except: [...privateCidrsV6, ...own.filter(isV6)] } },
    ],
  };
}

/** Pure: a transfer finds names; a policy of its own lets it reach its one address. */
export function transfersNetworkPolicyOf(namespace: string, bots: NetworkSettings): NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'transfers', namespace },
    spec: {
      podSelector: { matchLabels: { [label.part]: transferPart } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [dnsRule(bots)],
    },
  };
}

/** Pure: a bound on what one shard can hold, should anything run wild. */
export function shardQuotaOf(namespace: string): ResourceQuota {
  const count = String(instancesPerShard * 2);
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'shard', namespace },
    spec: { hard: { pods: count, persistentvolumeclaims: count, 'count/statefulsets.apps': count, services: '0' } },
  };
}

/** Pure: no container without limits. */
export function shardLimitRangeOf(namespace: string): LimitRange {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'shard', namespace },
    spec: {
      limits: [
        {
          type: 'Container',
          default: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '256Mi' },
          defaultRequest: { cpu: '10m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
        },
      ],
    },
  };
}

/** Pure: what nodes pull the bots' images with. */
export function pullSecretOf(namespace: string, dockerConfigJson: string): KubernetesSecret {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: pullSecretName, namespace },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(dockerConfigJson).toString('base64') },
  };
}
