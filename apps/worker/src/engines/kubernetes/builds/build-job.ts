import type { Job } from 'kubernetes-types/batch/v1';
import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import { type SourceInput, sourceInputVariable } from '../../../builder/source-outcome.ts';
import { defaultSourceLimits } from '../../source/archive-entries.ts';
import { label, namespacesOf } from '../names.ts';
import {
  buildContainer,
  cacheTag,
  folders,
  jobName,
  registrySecretName,
  repositoryOf,
  sourceContainer,
} from './build-names.ts';
import { caFile, sourceProgramFile } from './build-program.ts';
import type { BuildRequest } from './build-report.ts';
import { buildCommand, scriptVariables } from './build-script.ts';
import type { BuildSettings } from './build-settings.ts';

export const buildPart = 'build';

/** A Job whose pod finds no place, or never starts, ends after so long beyond a build's own deadline. */
const placeWaitMs = 30 * 60_000;
/** An ended Job that nobody finishes is removed by the cluster. */
const keptSeconds = 6 * 3_600;
const graceSeconds = 5;
export const sourceUser = 10_001;
/** Beyond what the sources themselves take: names, folders, the Dockerfile. */
const workOverheadMb = 128;
const largestStepOutputBytes = 12 * 1_048_576;

/** Needed to make the namespaces and mounts of build steps; they hold inside the pod's user namespace alone. */
export const buildCapabilities = ['NET_ADMIN', 'SYS_ADMIN', 'SYS_PTRACE'];

/** Pure: the Job of one build. */
export function buildJobOf(options: {
  request: BuildRequest;
  archive: { readonly url: string; readonly madeAt: number };
  settings: BuildSettings;
  programName: string;
}): Job {
  const { request, settings } = options;
  const { deploymentId } = request.deployment;
  const labels = {
    [label.part]: buildPart,
    [label.instance]: request.instanceId,
    [label.deployment]: deploymentId,
    'zarpa.dev/owner': request.ownerId,
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: jobName(deploymentId), namespace: namespacesOf(settings.namespacePrefix).builds, labels },
    spec: {
      backoffLimit: 0,
      completions: 1,
      parallelism: 1,
      activeDeadlineSeconds: Math.ceil((settings.limits.deadlineMs + placeWaitMs) / 1_000),
      ttlSecondsAfterFinished: keptSeconds,
      template: { metadata: { labels }, spec: podSpec(options) },
    },
  };
}

function podSpec(options: Parameters<typeof buildJobOf>[0]): PodSpec {
  const { settings, programName } = options;
  const { limits, imagePullSecret, nodeSelector } = settings;
  const workMb = Math.ceil(defaultSourceLimits.unpackedBytes / 1_048_576) + workOverheadMb;
  return {
    restartPolicy: 'Never',
    // Of the pod, not only of the Job: a Job that is late deletes its pod, and the log with it.
    activeDeadlineSeconds: Math.ceil(limits.deadlineMs / 1_000),
    terminationGracePeriodSeconds: graceSeconds,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    hostUsers: false,
    nodeSelector: { ...nodeSelector },
    ...(imagePullSecret === null ? {} : { imagePullSecrets: [{ name: imagePullSecret }] }),
    initContainers: [sourceContainerOf(options)],
    containers: [buildContainerOf(options)],
    volumes: [
      { name: 'program', configMap: { name: programName } },
      { name: 'work', emptyDir: { sizeLimit: `${workMb}Mi` } },
      { name: 'state', emptyDir: { sizeLimit: `${limits.storageMb}Mi` } },
      { name: 'sockets', emptyDir: { sizeLimit: '16Mi' } },
      { name: 'temporary', emptyDir: { sizeLimit: '256Mi' } },
      { name: 'registry', secret: { secretName: registrySecretName } },
    ],
  };
}

function sourceContainerOf({ request, archive, settings }: Parameters<typeof buildJobOf>[0]): Container {
  const { repository, commitSha, rootDirectory } = request.deployment.source;
  const input: SourceInput = {
    archiveUrl: archive.url,
    addressMadeAt: archive.madeAt,
    repository,
    commitSha,
    rootDirectory,
    overrides: request.deployment.overrides,
    artifactMissing: request.artifactMissing,
    limits: defaultSourceLimits,
  };
  const ca = settings.caPem === null ? [] : [{ name: 'NODE_EXTRA_CA_CERTS', value: `${folders.program}/${caFile}` }];
  return {
    name: sourceContainer,
    image: settings.sourceImage,
    imagePullPolicy: 'IfNotPresent',
    command: ['node', '--max-old-space-size=192', `${folders.program}/${sourceProgramFile}`, folders.work],
    env: [{ name: sourceInputVariable, value: JSON.stringify(input) }, ...ca],
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '1', memory: '384Mi' } },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: sourceUser,
      runAsGroup: sourceUser,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [
      { name: 'program', mountPath: folders.program, readOnly: true },
      { name: 'work', mountPath: folders.work },
    ],
  };
}

function buildContainerOf({ request, settings }: Parameters<typeof buildJobOf>[0]): Container {
  const { limits, registry, sbomScannerImage } = settings;
  const repository = repositoryOf(registry, request.instanceId);
  const env = {
    [scriptVariables.image]: `${repository}:${request.deployment.deploymentId}`,
    [scriptVariables.cache]: `${repository}:${cacheTag}`,
    [scriptVariables.registryOptions]: registry.insecure ? ',registry.insecure=true' : '',
    [scriptVariables.sbom]: sbomScannerImage ?? '',
    BUILDKIT_STEP_LOG_MAX_SIZE: String(largestStepOutputBytes),
    BUILDKIT_STEP_LOG_MAX_SPEED: '-1',
  };
  return {
    name: buildContainer,
    image: settings.buildkitImage,
    imagePullPolicy: 'IfNotPresent',
    command: [...buildCommand],
    env: Object.entries(env).map(([name, value]) => ({ name, value })),
    resources: {
      requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '512Mi' },
      limits: {
        cpu: `${limits.cpuMillis}m`,
        memory: `${limits.memoryMb}Mi`,
        'ephemeral-storage': `${limits.storageMb}Mi`,
      },
    },
    securityContext: {
      runAsUser: 0,
      runAsGroup: 0,
      readOnlyRootFilesystem: true,
      procMount: 'Unmasked',
      capabilities: { add: buildCapabilities },
      seccompProfile: { type: 'Unconfined' },
      appArmorProfile: { type: 'Unconfined' },
    },
    volumeMounts: [
      { name: 'program', mountPath: folders.program, readOnly: true },
      { name: 'work', mountPath: folders.work, readOnly: true },
      { name: 'state', mountPath: folders.state },
      { name: 'sockets', mountPath: folders.sockets },
      { name: 'temporary', mountPath: folders.temporary },
      { name: 'registry', mountPath: folders.registry, readOnly: true },
    ],
  };
}
