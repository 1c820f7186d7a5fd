import { createHash } from 'node:crypto';
import { runUser } from '@zarpa/build-plan';
import type { DesiredInstance } from '@zarpa/contracts';
import type { StatefulSet } from 'kubernetes-types/apps/v1';
import type { Container, EnvVar, PodTemplateSpec } from 'kubernetes-types/core/v1';
import type { Version } from '../../instance/kept.ts';
import { annotation, environmentName, instanceName, label, logFinalizer, volumeClaimName } from '../names.ts';
import type { Abilities, BotSettings } from '../options.ts';
import { botContainer } from '../pods/pod-facts.ts';
import { logKeeperOf } from './log-keeper.ts';
import { pullSecretName } from './shard.ts';

export interface BotManifestInput {
  readonly desired: DesiredInstance;
  readonly version: Version;
  readonly revision: number;
  readonly shard: string;
  readonly replicas: 0 | 1;
  readonly bots: BotSettings;
  readonly abilities: Abilities;
  readonly stopGraceMs: number;
  /** The owner set NODE_OPTIONS: the engine adds nothing to it. */
  readonly hasNodeOptions: boolean;
}

/** The part of Node's memory limit that its heap may take: the rest is for buffers, code and threads. */
const heapShare = 0.8;
const temporaryMb = 64;
const ephemeralMb = 256;

/** Pure: the StatefulSet of an instance, as server-side apply takes it. Quantities are written as the API server prints them. */
export function statefulSetOf(input: BotManifestInput): StatefulSet {
  const { desired, revision, shard, replicas } = input;
  const selector = { [label.instance]: desired.instanceId };
  const { metadata, spec } = podTemplateOf(input);
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name: instanceName(desired.instanceId),
      namespace: shard,
      labels: { ...selector, [label.part]: 'bot', [label.deployment]: input.version.deploymentId },
      annotations: {
        [annotation.generation]: String(desired.generation),
        [annotation.revision]: String(revision),
        [annotation.storage]: String(desired.limits.storageMb),
      },
    },
    spec: {
      replicas,
      serviceName: '',
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'OnDelete' },
      revisionHistoryLimit: 1,
      selector: { matchLabels: selector },
      template: { metadata, spec },
    },
  };
}

/** Pure: what changes with each run that needs a pod of its own. Limits are not in it: they change in place. */
export function runOf({ desired, version }: Pick<BotManifestInput, 'desired' | 'version'>): string {
  const run = [version.deploymentId, version.artifact, desired.restartRevision];
  return createHash('sha256').update(JSON.stringify(run)).digest('hex').slice(0, 16);
}

/** Limits and requests of a bot. Requests are small: bots mostly wait. Both scale together, so the QoS class never changes. */
export function botResources({ memoryMb, cpuMillis }: { memoryMb: number; cpuMillis: number }) {
  return {
    limits: {
      cpu: cpuQuantity(cpuMillis),
      memory: memoryQuantity(memoryMb),
      'ephemeral-storage': memoryQuantity(ephemeralMb),
    },
    requests: {
      cpu: cpuQuantity(Math.min(cpuMillis, Math.max(5, Math.round(cpuMillis / 50)))),
      memory: memoryQuantity(Math.ceil(memoryMb / 2)),
      'ephemeral-storage': memoryQuantity(temporaryMb),
    },
  };
}

function podTemplateOf(input: BotManifestInput): Required<Pick<PodTemplateSpec, 'metadata' | 'spec'>> {
  const { desired, version, bots, abilities, stopGraceMs } = input;
  return {
    metadata: {
      labels: {
        [label.part]: 'bot',
        [label.instance]: desired.instanceId,
        [label.deployment]: version.deploymentId,
        [label.run]: runOf(input),
      },
      annotations: { [annotation.restart]: String(desired.restartRevision) },
      finalizers: [logFinalizer],
    },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(abilities.userNamespaces ? { hostUsers: false } : {}),
      ...(bots.runtimeClass === null ? {} : { runtimeClassName: bots.runtimeClass }),
      ...(Object.keys(bots.nodeSelector).length === 0 ? {} : { nodeSelector: { ...bots.nodeSelector } }),
      priorityClassName: priorityClassOf(desired),
      terminationGracePeriodSeconds: Math.max(1, Math.ceil(stopGraceMs / 1_000)),
      imagePullSecrets: [{ name: pullSecretName }],
      securityContext: {
        runAsNonRoot: true,
        runAsUser: runUser,
        runAsGroup: runUser,
        fsGroup: runUser,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [containerOf(input), logKeeperOf(bots.logKeeperImage)],
      volumes: [
        { name: 'data', persistentVolumeClaim: { claimName: volumeClaimName(desired.instanceId) } },
        { name: 'tmp', emptyDir: { sizeLimit: memoryQuantity(temporaryMb) } },
      ],
    },
  };
}

function containerOf({ desired, version, hasNodeOptions }: BotManifestInput): Container {
  const { memoryMb } = desired.limits;
  const heap = `--max-old-space-size=${Math.floor(memoryMb * heapShare)}`;
  const setsHeap = version.buildPlan.runtime === 'node' && !hasNodeOptions;
  const environment: EnvVar[] = [
    { name: 'DATA_DIR', value: '/data' },
    { name: 'HOME', value: '/tmp' },
    ...(setsHeap ? [{ name: 'NODE_OPTIONS', value: heap }] : []),
    { name: 'ZARPA_INSTANCE_ID', value: desired.instanceId },
    { name: 'ZARPA_DEPLOYMENT_ID', value: version.deploymentId },
    { name: 'ZARPA_RUN_ID', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.uid' } } },
  ];
  return {
    name: botContainer,
    image: version.artifact,
    env: environment,
    envFrom: [{ secretRef: { name: environmentName(version.deploymentId) } }],
    resources: botResources(desired.limits),
    resizePolicy: [
      { resourceName: 'cpu', restartPolicy: 'NotRequired' },
      { resourceName: 'memory', restartPolicy: 'NotRequired' },
    ],
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    terminationMessagePolicy: 'File',
    volumeMounts: [
      { name: 'data', mountPath: '/data' },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}

/** The free plan gives way first when a node is full. */
const priorityClassOf = ({ limits }: DesiredInstance): string =>
  limits.planId === 'development' ? priorityClassNames.free : priorityClassNames.paid;

export const priorityClassNames = { paid: 'zarpa-paid', free: 'zarpa-free' } as const;

/** As the API server prints it: whole cores without a unit. */
function cpuQuantity(millis: number): string {
  return millis % 1_000 === 0 ? String(millis / 1_000) : `${millis}m`;
}

/** As the API server prints it: the largest unit that divides it. */
export function memoryQuantity(megabytes: number): string {
  return megabytes % 1_024 === 0 ? `${megabytes / 1_024}Gi` : `${megabytes}Mi`;
}
