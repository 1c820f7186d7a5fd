import { type DeploymentProgress, isFinal, type StepName } from '@zarpa/contracts';
import { ended, published, requeued } from '../instance/progress.ts';
import type { BuildReport, StepTimes } from './builds/build-report.ts';

/** Pure: a deployment's progress as its build says it is. A final one stays as it is. */
export function followBuild(progress: DeploymentProgress, report: BuildReport, now: number): DeploymentProgress {
  if (isFinal(progress.status) || progress.status === 'starting') return progress;
  const { outcome, steps, buildPlan } = report;
  const timed: DeploymentProgress = {
    ...progress,
    steps: progress.steps.map((step) => timedStep(step, steps)),
    buildPlan: buildPlan ?? progress.buildPlan,
  };
  switch (outcome.state) {
    case 'queued':
      return progress;
    case 'address-expired':
    case 'again':
      return requeued(progress);
    case 'running':
      return same(progress, { ...timed, status: 'building' });
    case 'failed':
      return ended({ ...timed, status: 'building' }, 'failed', outcome.reason, now);
    case 'published': {
      const { artifact, artifactBytes } = outcome;
      return published({ ...timed, buildPlan: outcome.buildPlan }, { artifact, artifactBytes }, now);
    }
  }
}

type Step = DeploymentProgress['steps'][number];

function timedStep(step: Step, times: StepTimes): Step {
  const known = times[step.name as Exclude<StepName, 'start' | 'first_line'>];
  if (known === undefined) return step;
  const { startedAt, finishedAt } = known;
  return { ...step, status: finishedAt === null ? 'running' : 'done', startedAt, finishedAt };
}

const same = (before: DeploymentProgress, after: DeploymentProgress): DeploymentProgress =>
  JSON.stringify(before) === JSON.stringify(after) ? before : after;
