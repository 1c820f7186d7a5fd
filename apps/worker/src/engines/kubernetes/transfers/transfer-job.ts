import { runUser } from '@zarpa/build-plan';
import type { Job } from 'kubernetes-types/batch/v1';
import type { ConfigMap, Container, Secret as KubernetesSecret, PodSpec, Volume } from 'kubernetes-types/core/v1';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1';
import type { TransferInput } from '../../../builder/transfer-outcome.ts';
import type { EgressDestination } from '../builds/build-settings.ts';
import { egressRule } from '../builds/builds-namespace.ts';
import { pullSecretName } from '../manifests/shard.ts';
import { memoryQuantity, priorityClassNames } from '../manifests/stateful-set.ts';
import { annotation, label, transferName, transferPart, volumeClaimName } from '../names.ts';
import type { Abilities, BotSettings } from '../options.ts';
import type { InstanceRecord } from '../record/record.ts';
import type { AskedTransfer } from './asked-transfer.ts';
import type { TransferSettings } from './transfer-settings.ts';

export const transferContainer = 'transfer';

const folders = { program: '/program', input: '/input', data: '/data', temporary: '/tmp' } as const;
const files = { program: 'transfer.mjs', ca: 'ca.pem', input: 'input.json' } as const;
/** As long as an address is good: what takes longer is begun again with another one. */
const deadlineSeconds = 3_600;
const graceSeconds = 5;
/** An ended Job that nobody reads is removed by the cluster. */
const keptSeconds = 6 * 3_600;
/** The owner alone, and the pod's group. */
const secretMode = 0o440;

export interface TransferJobInput {
  readonly record: InstanceRecord;
  readonly asked: AskedTransfer;
  readonly settings: TransferSettings;
  readonly bots: Pick<BotSettings, 'runtimeClass' | 'nodeSelector'>;
  readonly abilities: Abilities;
  /** Without one an export sends an empty archive. */
  readonly hasVolume: boolean;
}

/** Pure: the Job of an instance's one transfer. Suspended: it is let go when the record names it. */
export function transferJobOf(input: TransferJobInput): Job {
  const { record, asked } = input;
  const labels = { [label.part]: transferPart, [label.instance]: record.desired.instanceId };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: transferName(record.desired.instanceId),
      namespace: record.shard,
      labels,
      annotations: {
        [annotation.generation]: String(record.desired.generation),
        'zarpa.dev/transfer': `${asked.direction} ${asked.moveId}`,
      },
    },
    spec: {
      suspend: true,
      backoffLimit: 0,
      completions: 1,
      parallelism: 1,
      // Never a second pod while the first one may still run.
      podReplacementPolicy: 'Failed',
      ttlSecondsAfterFinished: keptSeconds,
      template: { metadata: { labels }, spec: podSpecOf(input) },
    },
  };
}

/** Pure: what the Job's pod reads and may reach. All of it goes with the Job. */
export function transferBelongingsOf(options: {
  record: InstanceRecord;
  asked: AskedTransfer;
  jobUid: string;
  program: string;
  settings: TransferSettings;
  destinations: readonly EgressDestination[];
}): { secret: KubernetesSecret; program: ConfigMap; policy: NetworkPolicy } {
  const { record, asked, jobUid, settings, destinations } = options;
  const { instanceId, limits } = record.desired;
  const name = transferName(instanceId);
  const metadata = {
    name,
    namespace: record.shard,
    labels: { [label.part]: transferPart, [label.instance]: instanceId },
    ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name, uid: jobUid }],
  };
  const { direction, url } = asked;
  const input: TransferInput = { direction, url, maxBytes: limits.storageMb * 1_048_576 };
  return {
    secret: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata,
      data: { [files.input]: Buffer.from(JSON.stringify(input)).toString('base64') },
    },
    program: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { [files.program]: options.program, [files.ca]: settings.caPem ?? '' },
    },
    policy: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: { matchLabels: metadata.labels },
        policyTypes: ['Egress'],
        egress: destinations.map(egressRule),
      },
    },
  };
}

function podSpecOf({ record, asked, settings, bots, abilities, hasVolume }: TransferJobInput): PodSpec {
  const { instanceId, limits } = record.desired;
  const name = transferName(instanceId);
  const data: Volume = hasVolume
    ? { name: 'data', persistentVolumeClaim: { claimName: volumeClaimName(instanceId) } }
    : { name: 'data', emptyDir: {} };
  const spoolMb = asked.direction === 'import' ? Math.ceil(limits.storageMb * 1.1) + 96 : 32;
  return {
    restartPolicy: 'Never',
    // Of the pod, not of the Job: a Job that is late deletes its pod, and the outcome with it.
    activeDeadlineSeconds: deadlineSeconds,
    terminationGracePeriodSeconds: graceSeconds,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...(abilities.userNamespaces ? { hostUsers: false } : {}),
    ...(bots.runtimeClass === null ? {} : { runtimeClassName: bots.runtimeClass }),
    nodeSelector: { ...bots.nodeSelector },
    priorityClassName: priorityClassNames.paid,
    imagePullSecrets: [{ name: pullSecretName }],
    // As the bot's: what one writes is the other's.
    securityContext: {
      runAsNonRoot: true,
      runAsUser: runUser,
      runAsGroup: runUser,
      fsGroup: runUser,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [containerOf(asked, settings, spoolMb)],
    volumes: [
      data,
      { name: 'program', configMap: { name } },
      { name: 'input', secret: { secretName: name, defaultMode: secretMode } },
      { name: 'temporary', emptyDir: { sizeLimit: memoryQuantity(spoolMb) } },
    ],
  };
}

function containerOf({ direction }: AskedTransfer, { image, caPem }: TransferSettings, spoolMb: number): Container {
  const { program, input, data, temporary } = folders;
  return {
    name: transferContainer,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: [
      ...['node', '--max-old-space-size=192', `${program}/${files.program}`],
      ...[`${input}/${files.input}`, data, `${temporary}/data.tar.gz`],
    ],
    env: caPem === null ? [] : [{ name: 'NODE_EXTRA_CA_CERTS', value: `${program}/${files.ca}` }],
    resources: {
      requests: { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
      limits: { cpu: '1', memory: '384Mi', 'ephemeral-storage': memoryQuantity(spoolMb + 64) },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: 'data', mountPath: data, readOnly: direction === 'export' },
      { name: 'program', mountPath: program, readOnly: true },
      { name: 'input', mountPath: input, readOnly: true },
      { name: 'temporary', mountPath: temporary },
    ],
  };
}
