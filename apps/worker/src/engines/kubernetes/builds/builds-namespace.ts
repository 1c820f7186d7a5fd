import { isIPv4 } from 'node:net';
import type { Secret as KubernetesSecret, LimitRange, Namespace, ResourceQuota } from 'kubernetes-types/core/v1';
import type { NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyPeer } from 'kubernetes-types/networking/v1';
import { shardNetworkPolicyOf } from '../manifests/shard.ts';
import { label } from '../names.ts';
import { dockerConfigJson } from '../registry/docker-config.ts';
import { registrySecretName } from './build-names.ts';
import type { BuildSettings, EgressDestination } from './build-settings.ts';

/** Pure. BuildKit's container needs more than any lower level allows; the admission policy says exactly what. */
export function buildsNamespaceOf(name: string): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { [label.part]: 'builds', 'pod-security.kubernetes.io/enforce': 'privileged' },
    },
  };
}

/** Pure: as for bots, and to the registry, its mirror and what the settings name. */
export function buildsNetworkPolicyOf(namespace: string, settings: BuildSettings): NetworkPolicy {
  const base = shardNetworkPolicyOf(namespace, settings);
  const hosts = [settings.registry.host, settings.mirror?.host].flatMap((host) => destinationOf(host));
  const more = [...hosts, ...settings.egress].map(egressRule);
  return {
    ...base,
    metadata: { name: 'builds', namespace },
    spec: { ...base.spec, podSelector: {}, egress: [...(base.spec?.egress ?? []), ...more] },
  };
}

/** A host that is an address; a name must be among the settings' destinations where it leads to a private range. */
function destinationOf(host: string | undefined): EgressDestination[] {
  const [address = '', port] = host?.split(':') ?? [];
  return isIPv4(address) ? [{ cidr: `${address}/32`, port: port === undefined ? null : Number(port) }] : [];
}

/** Pure: leave to reach one destination. */
export const egressRule = (destination: EgressDestination): NetworkPolicyEgressRule => ({
  to: [egressPeer(destination)],
  ...(destination.port === null ? {} : { ports: [{ protocol: 'TCP', port: destination.port }] }),
});

function egressPeer(destination: EgressDestination): NetworkPolicyPeer {
  if ('cidr' in destination) return { ipBlock: { cidr: destination.cidr } };
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': destination.namespace } },
    podSelector: { matchLabels: { ...destination.labels } },
  };
}

/** Pure: room for what the queue lets run, and for what is just ending. */
export function buildsQuotaOf(namespace: string, { limits }: BuildSettings): ResourceQuota {
  const pods = limits.perCluster * 2 + 2;
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'builds', namespace },
    spec: {
      hard: { 'count/pods': String(pods * 5), pods: String(pods), services: '0', persistentvolumeclaims: '0' },
    },
  };
}

/** Pure: no container without limits, none with more than a build may have. */
export function buildsLimitRangeOf(namespace: string, { limits }: BuildSettings): LimitRange {
  const max = { cpu: `${Math.max(limits.cpuMillis, 1_000)}m`, memory: `${Math.max(limits.memoryMb, 384)}Mi` };
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'builds', namespace },
    spec: {
      limits: [
        {
          type: 'Container',
          max: { ...max, 'ephemeral-storage': `${limits.storageMb}Mi` },
          default: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': `${Math.min(768, limits.storageMb)}Mi` },
          defaultRequest: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
        },
      ],
    },
  };
}

export function registrySecretOf(namespace: string, { registry }: BuildSettings): KubernetesSecret {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: registrySecretName, namespace, labels: { [label.part]: 'build-registry' } },
    data: { 'config.json': Buffer.from(dockerConfigJson(registry)).toString('base64') },
  };
}
