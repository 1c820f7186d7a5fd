import { DeploymentId, type Reason } from '@zarpa/contracts';
import type { ContainerState, ContainerStatus, Pod, ResourceRequirements } from 'kubernetes-types/core/v1';
import { annotation, label, logFinalizer } from '../names.ts';
import { logKeeperProblem, podProblem } from './pod-problem.ts';
import { toMebibytes, toMilliCores } from './quantity.ts';

/** How a container ended. */
export interface ContainerEnd {
  readonly exitCode: number;
  readonly outOfMemory: boolean;
  readonly startedAt: number | null;
  readonly finishedAt: number;
}

/** What a bot's pod says of itself, as far as the engine cares. Times of the API are whole seconds. */
export interface PodFacts {
  readonly uid: string;
  readonly deploymentId: DeploymentId;
  readonly restartRevision: number;
  /** Which run it was made for; empty where its labels were edited. */
  readonly run: string;
  readonly deleting: boolean;
  /** Nothing of it runs any more, nor will. */
  readonly over: boolean;
  readonly heldForLog: boolean;
  readonly runningSince: number | null;
  /** Container ends so far. */
  readonly ends: number;
  readonly lastEnd: ContainerEnd | null;
  readonly memoryMb: number | null;
  readonly cpuMillis: number | null;
  readonly resize: 'none' | 'pending' | 'infeasible';
  readonly problem: Reason | null;
  /** Why nothing would hold its log. */
  readonly logKeeperProblem: Reason | null;
  /** Why the node threw it out. */
  readonly evicted: Reason | null;
}

/** Of a bot's one container. */
export const botContainer = 'bot';

/** Pure. Null for a pod that is not one of ours. */
export function readPod(pod: Pod): PodFacts | null {
  const { metadata, status, spec } = pod;
  const labelled = DeploymentId.safeParse(metadata?.labels?.[label.deployment]);
  const deploymentId = labelled.success ? labelled : deploymentOfEnvironment(pod);
  const uid = metadata?.uid;
  if (!deploymentId.success || uid === undefined) return null;
  const container = status?.containerStatuses?.find(({ name }) => name === botContainer);
  const ended = endOf(container?.state);
  const asked = limitsOf(spec?.containers.find(({ name }) => name === botContainer)?.resources);
  const granted = container?.resources === undefined ? asked : limitsOf(container.resources);
  return {
    uid,
    deploymentId: deploymentId.data,
    restartRevision: Number(metadata?.annotations?.[annotation.restart] ?? 0),
    run: (labelled.success && metadata?.labels?.[label.run]) || '',
    deleting: metadata?.deletionTimestamp !== undefined,
    over: isOver(pod, container),
    heldForLog: metadata?.finalizers?.includes(logFinalizer) ?? false,
    runningSince: toMs(container?.state?.running?.startedAt),
    ends: (container?.restartCount ?? 0) + (ended === null ? 0 : 1),
    lastEnd: ended ?? endOf(container?.lastState),
    ...granted,
    resize: resizeOf(pod, asked.memoryMb === granted.memoryMb && asked.cpuMillis === granted.cpuMillis),
    problem: podProblem(pod, container),
    logKeeperProblem: logKeeperProblem(pod),
    evicted: evictionOf(pod),
  };
}

/** Somebody edited the labels of the pod, or of what it was made from. */
function deploymentOfEnvironment({ spec }: Pod) {
  const variables = spec?.containers.find(({ name }) => name === botContainer)?.env;
  return DeploymentId.safeParse(variables?.find(({ name }) => name === 'ZARPA_DEPLOYMENT_ID')?.value);
}

function isOver({ spec, status, metadata }: Pod, container: ContainerStatus | undefined): boolean {
  if (status?.phase === 'Failed' || status?.phase === 'Succeeded') return true;
  if (metadata?.deletionTimestamp === undefined) return false;
  return spec?.nodeName === undefined || container?.state?.terminated !== undefined;
}

function endOf(state: ContainerState | undefined): ContainerEnd | null {
  const end = state?.terminated;
  if (end === undefined) return null;
  return {
    exitCode: end.exitCode,
    outOfMemory: end.reason === 'OOMKilled',
    startedAt: toMs(end.startedAt),
    finishedAt: toMs(end.finishedAt) ?? 0,
  };
}

const limitsOf = (resources: ResourceRequirements | undefined): Pick<PodFacts, 'memoryMb' | 'cpuMillis'> => ({
  memoryMb: toMebibytes(resources?.limits?.memory),
  cpuMillis: toMilliCores(resources?.limits?.cpu),
});

function resizeOf({ status }: Pod, isGranted: boolean): PodFacts['resize'] {
  const conditions = status?.conditions?.filter(({ status }) => status === 'True') ?? [];
  const pending = conditions.find(({ type }) => type === 'PodResizePending');
  if (pending?.reason === 'Infeasible') return 'infeasible';
  const inProgress = conditions.some(({ type }) => type === 'PodResizeInProgress');
  return pending !== undefined || inProgress || !isGranted ? 'pending' : 'none';
}

function evictionOf({ status }: Pod): Reason | null {
  if (status?.phase !== 'Failed') return null;
  if (status.reason === 'Evicted') return { code: 'evicted', params: { detail: status.message ?? '' } };
  const code = status.reason === 'NodeLost' || status.reason === 'NodeShutdown' ? 'node_lost' : 'killed';
  return { code, params: {} };
}

const toMs = (time: string | undefined): number | null => (time === undefined ? null : Date.parse(time));
