import type { BuildPlan } from '@zarpa/contracts';
import type { Job } from 'kubernetes-types/batch/v1';
import type { ContainerState, ContainerStateTerminated, Pod } from 'kubernetes-types/core/v1';
import type { SourceOutcome } from '../../../builder/source-outcome.ts';
import { buildContainer, sourceContainer } from './build-names.ts';
import type { BuildState, BuildStep, StepTimes } from './build-report.ts';
import type { BuildSettings } from './build-settings.ts';
import { classifyBuild, largestOutputBytes } from './classify-build.ts';
import type { ProgressReader } from './progress.ts';

/** A build's state as the cluster alone tells it; what is pushed is a digest that the registry must still be asked about. */
export type ReadState =
  | Exclude<BuildState, { state: 'published' }>
  | { readonly state: 'pushed'; readonly digest: string; readonly buildPlan: BuildPlan };

export interface ReadBuild {
  readonly outcome: ReadState;
  readonly steps: StepTimes;
  readonly buildPlan: BuildPlan | null;
}

/** Pure: what a Job, its pod and their output say of a build. */
export function readBuild(options: {
  job: Job;
  pod: Pod | null;
  source: SourceOutcome | null;
  progress: ProgressReader;
  settings: BuildSettings;
}): ReadBuild {
  const steps = stepTimes(options);
  const buildPlan = options.source?.outcome === 'planned' ? options.source.buildPlan : null;
  return { outcome: readState(options, steps), steps, buildPlan };
}

function readState(
  { job, pod, source, progress, settings }: Parameters<typeof readBuild>[0],
  steps: StepTimes,
): ReadState {
  const { limits } = settings;
  if (progress.bytes > largestOutputBytes) {
    const limitMb = String(Math.round(largestOutputBytes / 1_048_576));
    return { state: 'failed', reason: { code: 'build_output_too_large', params: { command: '', limitMb } } };
  }
  if (pod === null) {
    const failed = job.status?.conditions?.some(({ type, status }) => type === 'Failed' && status === 'True') ?? false;
    if (failed) return { state: 'failed', reason: { code: 'engine_error', params: { detail: 'pod_lost' } } };
    return { state: 'queued' };
  }
  const build = terminatedOf(pod, buildContainer);
  if (source?.outcome === 'failed') return { state: 'failed', reason: source.reason };
  if (source?.outcome === 'address-expired') return { state: 'address-expired' };
  if (build?.exitCode === 0 && source !== null && /^sha256:[0-9a-f]{64}$/.test(build.message ?? '')) {
    return { state: 'pushed', digest: build.message ?? '', buildPlan: source.buildPlan };
  }
  const hasEnded = pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';
  const sourceEnd = terminatedOf(pod, sourceContainer);
  if (hasEnded) {
    const terminated = build ?? (sourceEnd?.exitCode === 0 ? null : sourceEnd);
    return { state: 'failed', reason: classifyBuild({ pod, terminated, progress, limits }) };
  }
  const step = currentStep(steps);
  return step === null ? { state: 'queued' } : { state: 'running', step };
}

const currentStep = (steps: StepTimes): BuildStep | null =>
  (['publish', 'build', 'plan', 'fetch'] as const).find((name) => steps[name] !== undefined) ?? null;

function stepTimes({ pod, source, progress }: Parameters<typeof readBuild>[0]): StepTimes {
  const sourceState = stateOf(pod, sourceContainer);
  const fetchStartedAt = source?.startedAt ?? timeOf(sourceState?.running?.startedAt);
  if (fetchStartedAt === null) return {};
  const fetchedAt = source?.fetchedAt ?? null;
  if (source === null || fetchedAt === null) return { fetch: { startedAt: fetchStartedAt, finishedAt: null } };
  const fetched = {
    fetch: { startedAt: fetchStartedAt, finishedAt: fetchedAt },
    plan: { startedAt: fetchedAt, finishedAt: source.outcome === 'planned' ? source.endedAt : null },
  };
  const buildState = stateOf(pod, buildContainer);
  const begun = buildState?.running !== undefined || buildState?.terminated !== undefined;
  if (!begun && progress.buildStartedAt === null) return fetched;
  // What the pod takes to start BuildKit is part of building.
  const build = { startedAt: source.endedAt, finishedAt: progress.publishStartedAt };
  if (progress.publishStartedAt === null) return { ...fetched, build };
  const endedAt = buildState?.terminated?.exitCode === 0 ? timeOf(buildState.terminated.finishedAt) : null;
  const finishedAt = endedAt === null ? null : Math.max(endedAt, progress.publishStartedAt);
  return { ...fetched, build, publish: { startedAt: progress.publishStartedAt, finishedAt } };
}

export function stateOf(pod: Pod | null, container: string): ContainerState | null {
  const statuses = [...(pod?.status?.initContainerStatuses ?? []), ...(pod?.status?.containerStatuses ?? [])];
  return statuses.find(({ name }) => name === container)?.state ?? null;
}

export const terminatedOf = (pod: Pod | null, container: string): ContainerStateTerminated | null =>
  stateOf(pod, container)?.terminated ?? null;

const timeOf = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));
