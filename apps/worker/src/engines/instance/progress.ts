import {
  type BuildPlan,
  type DeploymentId,
  type DeploymentProgress,
  type DeploymentStatus,
  type DesiredInstance,
  isFinal,
  type Reason,
  type StepName,
  stepNames,
} from '@zarpa/contracts';

/** A deployment's progress when its command is taken up; null where the desired state has no deployment. */
export function queuedProgress(desired: DesiredInstance, now: number): DeploymentProgress | null {
  if (desired.deployment === null) return null;
  return {
    deploymentId: desired.deployment.deploymentId,
    instanceId: desired.instanceId,
    generation: desired.generation,
    revision: 0,
    status: 'queued',
    reason: null,
    steps: stepNames.map((name) => ({ name, status: 'waiting', startedAt: null, finishedAt: null })),
    buildPlan: null,
    artifact: null,
    artifactBytes: null,
    startedAt: now,
    finishedAt: null,
  };
}

/** Of a version that ran before, where nothing else is known of it any more. */
export function finishedProgress(
  { instanceId, generation }: DesiredInstance,
  version: { deploymentId: DeploymentId; artifact: string; buildPlan: BuildPlan },
): DeploymentProgress {
  const { deploymentId, artifact, buildPlan } = version;
  return {
    deploymentId,
    instanceId,
    generation,
    revision: 0,
    status: 'succeeded',
    reason: null,
    steps: [],
    buildPlan,
    artifact,
    artifactBytes: null,
    startedAt: null,
    finishedAt: null,
  };
}

/** Back to the queue, with nothing done: a build that its worker did not live to finish. */
export function requeued(progress: DeploymentProgress): DeploymentProgress {
  const steps = progress.steps.map(({ name }) => ({
    name,
    status: 'waiting' as const,
    startedAt: null,
    finishedAt: null,
  }));
  return { ...progress, status: 'queued', steps };
}

export function stepStarted(progress: DeploymentProgress, name: StepName, now: number): DeploymentProgress {
  return withStep(progress, name, (step) => ({ ...step, status: 'running', startedAt: now, finishedAt: null }));
}

/** The step after the one under way, which is done with it. */
export function nextStep(progress: DeploymentProgress, name: StepName, now: number): DeploymentProgress {
  return stepStarted(runningDone(progress, now), name, now);
}

export function stepDone(progress: DeploymentProgress, name: StepName, now: number): DeploymentProgress {
  return withStep(progress, name, (step) => ({
    ...step,
    status: 'done',
    startedAt: step.startedAt ?? now,
    finishedAt: now,
  }));
}

/** Marks those of the named steps that have not ended as skipped. */
export function stepsSkipped(
  progress: DeploymentProgress,
  names: readonly StepName[],
  now: number,
): DeploymentProgress {
  const steps = progress.steps.map((step) =>
    names.includes(step.name) && (step.status === 'waiting' || step.status === 'running')
      ? { ...step, status: 'skipped' as const, finishedAt: step.startedAt === null ? null : now }
      : step,
  );
  return { ...progress, steps };
}

/** The result is there and the old version makes room. */
export function published(
  progress: DeploymentProgress,
  result: { artifact: string; artifactBytes: number | null },
  now: number,
): DeploymentProgress {
  return nextStep({ ...progress, ...result, status: 'starting' }, 'start', now);
}

/** An end other than success: the step under way failed, later ones are skipped. A final status stays as it is. */
export function ended(
  progress: DeploymentProgress,
  status: Exclude<DeploymentStatus, 'queued' | 'building' | 'starting' | 'succeeded'>,
  reason: Reason,
  now: number,
): DeploymentProgress {
  if (isFinal(progress.status)) return progress;
  const steps = progress.steps.map((step) => {
    if (step.status === 'running') return { ...step, status: 'failed' as const, finishedAt: now };
    return step.status === 'waiting' ? { ...step, status: 'skipped' as const } : step;
  });
  return { ...progress, status, reason, steps, finishedAt: now };
}

/** Up for long enough. The first line may still come. */
export function succeeded(progress: DeploymentProgress, now: number): DeploymentProgress {
  return { ...stepDone(progress, 'start', now), status: 'succeeded', reason: null, finishedAt: now };
}

/** Published while its instance is not meant to run: there is nothing more to do for it. */
export function succeededWithoutStart(progress: DeploymentProgress, now: number): DeploymentProgress {
  return { ...stepsSkipped(progress, ['start', 'first_line'], now), status: 'succeeded', finishedAt: now };
}

function runningDone(progress: DeploymentProgress, now: number): DeploymentProgress {
  const running = progress.steps.filter(({ status }) => status === 'running');
  return running.reduce((rest, { name }) => stepDone(rest, name, now), progress);
}

function withStep(
  progress: DeploymentProgress,
  name: StepName,
  change: (step: DeploymentProgress['steps'][number]) => DeploymentProgress['steps'][number],
): DeploymentProgress {
  return { ...progress, steps: progress.steps.map((step) => (step.name === name ? change(step) : step)) };
}
