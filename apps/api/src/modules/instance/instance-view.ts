import { type InstanceView, isFinal } from '@zarpa/contracts';
import { isoOrNull, isoTime } from '../../platform/time.ts';
import { differs } from '../deployment/deployment.ts';
import { deploymentView } from '../deployment/deployment-view.ts';
import { restorableUntil } from './instance.ts';
import type { InstanceRow } from './instance-row.ts';

interface ViewOptions {
  readonly githubWebUrl: string;
  readonly restoreWindowMs: number;
}

/** What the owner sees of an instance. */
export function instanceView(row: InstanceRow, { githubWebUrl, restoreWindowMs }: ViewOptions): InstanceView {
  const current = row.currentDeployment && deploymentView(row.currentDeployment, row.observedDeploymentId);
  const newer = row.newerDeployment && deploymentView(row.newerDeployment, row.observedDeploymentId);
  return {
    instanceId: row.instanceId,
    name: row.name,
    source: {
      kind: 'repository',
      repository: row.repository,
      branch: row.branch,
      rootDirectory: row.rootDirectory,
      autoDeploy: row.autoDeploy,
      url: `${githubWebUrl}/${row.repository}`,
    },
    overrides: row.overrides,
    planId: row.planId,
    memoryMb: row.memoryMb,
    clusterId: row.clusterId,
    generation: row.generation,
    desiredState: row.desiredState,
    state: row.state,
    reason: row.reason,
    exitCode: row.exitCode,
    restarts: row.restarts,
    startedAt: isoOrNull(row.startedAt),
    nextStartAt: isoOrNull(row.nextStartAt),
    settling: isSettling(row),
    currentDeployment: current,
    latestDeployment: newer ?? current,
    redeployNeeded: isRedeployNeeded(row),
    qr: row.qrMatrix && row.qrSeenAt && { matrix: row.qrMatrix, seenAt: isoTime(row.qrSeenAt) },
    deletedAt: isoOrNull(row.deletedAt),
    restorableUntil: row.deletedAt && isoTime(restorableUntil(row.deletedAt, restoreWindowMs)),
    createdAt: isoTime(row.createdAt),
  };
}

export const isSettling = (row: Pick<InstanceRow, 'generation' | 'observedGeneration' | 'settled'>): boolean =>
  !row.settled || row.observedGeneration < row.generation;

/** Whether what is saved differs from what runs, and from what is on its way to run. */
export function isRedeployNeeded(row: InstanceRow): boolean {
  const { currentDeployment: current, newerDeployment: newer } = row;
  if (newer && !isFinal(newer.status)) return differs(row, newer);
  const made = current ?? newer;
  return made !== null && differs(row, made);
}
