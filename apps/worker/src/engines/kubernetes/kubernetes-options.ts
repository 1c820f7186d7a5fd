import { Secret } from '@zarpa/env';
import type { Settings } from '../../settings.ts';
import type { BuildSettings, EgressDestination, EgressPods } from './builds/build-settings.ts';
import type { KubernetesEngineOptions } from './kubernetes-engine.ts';
import type { BotSettings } from './options.ts';
import type { TransferSettings } from './transfers/transfer-settings.ts';

/** What the worker's settings say about this engine. */
export function kubernetesOptions(
  settings: Settings,
): Pick<KubernetesEngineOptions, 'kubeconfig' | 'namespacePrefix' | 'bots' | 'builds' | 'transfers'> {
  return {
    kubeconfig: settings.KUBECONFIG === '' ? { inCluster: true } : { path: settings.KUBECONFIG },
    namespacePrefix: settings.KUBERNETES_NAMESPACE_PREFIX,
    bots: botSettings(settings),
    builds: buildSettings(settings),
    transfers: transferSettings(settings),
  };
}

const botSettings = (settings: Settings): BotSettings => ({
  runtimeClass: orNull(settings.BOT_RUNTIME_CLASS),
  nodeSelector: pairsOf(settings.BOT_NODE_SELECTOR),
  storageClass: orNull(settings.BOT_STORAGE_CLASS),
  logKeeperImage: settings.BUILD_SOURCE_IMAGE,
  dnsCidrs: settings.CLUSTER_DNS_CIDRS,
  privateCidrs: settings.CLUSTER_PRIVATE_CIDRS,
});

function buildSettings(settings: Settings): BuildSettings {
  const password = settings.REGISTRY_PASSWORD.reveal();
  const mirror = orNull(settings.REGISTRY_MIRROR);
  return {
    namespacePrefix: settings.KUBERNETES_NAMESPACE_PREFIX,
    registry: {
      host: settings.REGISTRY_HOST,
      path: settings.REGISTRY_PATH,
      username: orNull(settings.REGISTRY_USERNAME),
      password: password === '' ? null : new Secret(password),
      insecure: settings.REGISTRY_INSECURE,
    },
    mirror: mirror === null ? null : { host: mirror, insecure: settings.REGISTRY_MIRROR_INSECURE },
    caPem: orNull(settings.REGISTRY_CA),
    sourceImage: settings.BUILD_SOURCE_IMAGE,
    buildkitImage: settings.BUILDKIT_IMAGE,
    sbomScannerImage: orNull(settings.BUILD_SBOM_IMAGE),
    imagePullSecret: orNull(settings.BUILD_PULL_SECRET),
    egress: [...settings.BUILD_EGRESS_CIDRS.map(egressOf), ...settings.BUILD_EGRESS_PODS.map(egressPodsOf)],
    dnsCidrs: settings.CLUSTER_DNS_CIDRS,
    privateCidrs: settings.CLUSTER_PRIVATE_CIDRS,
    limits: {
      cpuMillis: settings.BUILD_CPU_MILLIS,
      memoryMb: settings.BUILD_MEMORY_MB,
      storageMb: settings.BUILD_STORAGE_MB,
      deadlineMs: settings.BUILD_DEADLINE,
      perOwner: settings.BUILDS_PER_OWNER,
      perCluster: settings.BUILDS_PER_CLUSTER,
    },
    nodeSelector: pairsOf(settings.BUILD_NODE_SELECTOR),
  };
}

const transferSettings = (settings: Settings): TransferSettings => ({
  image: settings.BUILD_SOURCE_IMAGE,
  caPem: orNull(settings.REGISTRY_CA),
  egress: [...settings.TRANSFER_EGRESS_CIDRS.map(egressOf), ...settings.TRANSFER_EGRESS_PODS.map(egressPodsOf)],
});

/** `10.0.0.5/32:5000`, or without a port. */
function egressOf(text: string): EgressDestination {
  const [, cidr = text, port] = /^(.*\/\d+)(?::(\d+))?$/.exec(text) ?? [];
  return { cidr, port: port === undefined ? null : Number(port) };
}

/** `zarpa/app=sandbox:4302`, or without a port. */
function egressPodsOf(text: string): EgressPods {
  const [, namespace = '', label = '', port] = /^([^/]+)\/(.*?)(?::(\d+))?$/.exec(text) ?? [];
  return { namespace, labels: pairsOf([label]), port: port === undefined ? null : Number(port) };
}

/** `pool=bots`. */
const pairsOf = (parts: readonly string[]): Record<string, string> =>
  Object.fromEntries(parts.map((part) => part.split('=')).map(([name = '', value = '']) => [name, value]));

const orNull = (text: string): string | null => (text === '' ? null : text);
