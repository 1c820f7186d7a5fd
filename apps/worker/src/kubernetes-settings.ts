import { durationMs, flag, integer, type Setting } from '@zarpa/env';
import { z } from 'zod';
import {
  defaultBuildkitImage,
  defaultBuildLimits,
  defaultSourceImage,
} from './engines/kubernetes/builds/build-settings.ts';

const optional = () => z.string().default('');
const list = () =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    );
const podList = () =>
  list().refine(
    (parts) => parts.every((part) => /^[a-z0-9-]+\/[^=:]+=[^=:]+(:\d+)?$/.test(part)),
    'must be like namespace/label=value:port',
  );

/** Of the engine `kubernetes` alone. */
export const kubernetesSettings = {
  KUBECONFIG: {
    schema: optional(),
    description: 'kubeconfig file; empty: the service account of the pod that the worker runs in',
  },
  KUBERNETES_NAMESPACE_PREFIX: {
    schema: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,30}$/)
      .default('zarpa'),
    description: 'begins the names of the namespaces that bots, builds and records live in',
  },
  REGISTRY_HOST: {
    schema: optional(),
    description: 'container registry that images are pushed to and nodes pull from',
    example: 'registry.example.com',
  },
  REGISTRY_PATH: { schema: z.string().default('zarpa'), description: 'first part of the names of images' },
  REGISTRY_USERNAME: { schema: optional(), description: 'user of the registry; may push, pull and delete' },
  REGISTRY_PASSWORD: { schema: optional(), description: 'password of the registry', secret: true },
  REGISTRY_INSECURE: { schema: flag().default(false), description: 'the registry speaks plain HTTP' },
  REGISTRY_MIRROR: {
    schema: optional(),
    description: 'stands in for Docker Hub, for builds',
    example: 'mirror.example.com',
  },
  REGISTRY_MIRROR_INSECURE: { schema: flag().default(false), description: 'the mirror speaks plain HTTP' },
  REGISTRY_CA: {
    schema: optional(),
    description: 'certificate authorities of registry and mirror in PEM, beside the usual ones',
  },
  BUILD_SOURCE_IMAGE: {
    schema: z.string().default(defaultSourceImage),
    description:
      'image with Node that fetches and plans a source, carries the data of moves, and whose `head` keeps the logs of ended bots',
  },
  BUILDKIT_IMAGE: { schema: z.string().default(defaultBuildkitImage), description: 'image of BuildKit' },
  BUILD_SBOM_IMAGE: {
    schema: optional(),
    description: 'scanner that BuildKit writes an SBOM attestation with; empty writes none',
  },
  BUILD_PULL_SECRET: {
    schema: optional(),
    description: 'Secret in the namespace of builds that their images are pulled with',
  },
  BUILD_EGRESS_CIDRS: {
    schema: list(),
    description: 'private addresses that builds may reach besides the internet: registry, mirror, API',
    example: '10.0.0.5/32:5000,10.0.0.6/32',
  },
  BUILD_EGRESS_PODS: {
    schema: podList(),
    description: 'pods of the cluster that builds may reach: `namespace/label=value:port`, without a port all of them',
    example: 'zarpa/app.kubernetes.io/component=sandbox:4302',
  },
  BUILD_CPU_MILLIS: {
    schema: integer({ min: 100 }).default(defaultBuildLimits.cpuMillis),
    description: 'CPU of a build, in thousandths of a core',
  },
  BUILD_MEMORY_MB: {
    schema: integer({ min: 256 }).default(defaultBuildLimits.memoryMb),
    description: 'memory of a build',
  },
  BUILD_STORAGE_MB: {
    schema: integer({ min: 512 }).default(defaultBuildLimits.storageMb),
    description: 'disk of a build',
  },
  BUILD_DEADLINE: {
    schema: durationMs().default(defaultBuildLimits.deadlineMs),
    description: 'longest time of a build',
  },
  BUILDS_PER_OWNER: {
    schema: integer({ min: 1 }).default(defaultBuildLimits.perOwner),
    description: 'builds of one owner at a time',
  },
  BUILDS_PER_CLUSTER: {
    schema: integer({ min: 1 }).default(defaultBuildLimits.perCluster),
    description: 'builds at a time',
  },
  TRANSFER_EGRESS_CIDRS: {
    schema: list(),
    description: 'addresses that lead the data of a move to the API, besides those that its name has for the worker',
    example: '203.0.113.7/32:443',
  },
  TRANSFER_EGRESS_PODS: {
    schema: podList(),
    description:
      'pods of the cluster that the data of a move may reach, where the name of the API leads to a Service or a load balancer in front of them',
    example: 'zarpa/app.kubernetes.io/component=api:4301',
  },
  BUILD_NODE_SELECTOR: { schema: list(), description: 'labels of nodes for builds', example: 'pool=builds' },
  CLUSTER_DNS_CIDRS: {
    schema: list(),
    description: 'name servers that are no pods of kube-dns',
    example: '169.254.20.10/32',
  },
  CLUSTER_PRIVATE_CIDRS: { schema: list(), description: 'public ranges that bots may not reach: nodes, services' },
  BOT_RUNTIME_CLASS: { schema: optional(), description: 'RuntimeClass of bots', example: 'gvisor' },
  BOT_NODE_SELECTOR: { schema: list(), description: 'labels of nodes for bots', example: 'pool=bots' },
  BOT_STORAGE_CLASS: {
    schema: optional(),
    description: 'StorageClass of the volumes of bots; empty: the cluster’s default',
  },
} as const satisfies Record<string, Setting>;
