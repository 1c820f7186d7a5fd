import { type DeploymentId, type DeploymentStep, type DeploymentView, stepNames } from '@zarpa/contracts';
import { isoOrNull, isoTime } from '../../platform/time.ts';
import { isRestorable } from './deployment.ts';
import type { DeploymentRow } from './deployment-row.ts';

/** What the owner sees. `currentId` is the version that runs, or ran last. */
export function deploymentView(row: DeploymentRow, currentId: DeploymentId | null): DeploymentView {
  const current = row.deploymentId === currentId;
  return {
    deploymentId: row.deploymentId,
    instanceId: row.instanceId,
    number: row.number,
    trigger: row.trigger,
    repository: row.repository,
    branch: row.branch,
    rootDirectory: row.rootDirectory,
    commit: row.commit,
    overrides: row.overrides,
    planId: row.planId,
    memoryMb: row.memoryMb,
    variableNames: Object.keys(row.variableVersions).sort(),
    status: row.status,
    reason: row.reason,
    steps: (row.steps.length > 0 ? row.steps : waitingSteps).map(stepView),
    buildPlan: row.buildPlan,
    reusedArtifact: row.reusedArtifact !== null,
    rollbackOf: row.rollbackOf,
    current,
    canRollback: !current && isRestorable(row),
    createdAt: isoTime(row.createdAt),
    startedAt: isoOrNull(row.startedAt),
    finishedAt: isoOrNull(row.finishedAt),
  };
}

const waitingSteps = stepNames.map(
  (name): DeploymentStep => ({
    name,
    status: 'waiting',
    startedAt: null,
    finishedAt: null,
  }),
);

function stepView({ name, status, startedAt, finishedAt }: DeploymentStep): DeploymentView['steps'][number] {
  return { name, status, startedAt: isoOrNull(startedAt), finishedAt: isoOrNull(finishedAt) };
}
