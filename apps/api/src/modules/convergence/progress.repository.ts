import { Injectable } from '@nestjs/common';
import { type ClusterId, type DeploymentProgress, isFinal } from '@zarpa/contracts';
import type { Queryable } from '../../database/database.ts';
import { jsonb } from '../../database/jsonb.ts';
import { unfinishedStatuses } from '../deployment/deployment.ts';

const time = (epochMs: number | null): Date | null => (epochMs === null ? null : new Date(epochMs));

/** What engines say of deployments. A final status never changes, nor does its reason: only steps are still completed. */
@Injectable()
export class ProgressRepository {
  /** True where it was news. A cluster that the instance has left has no say. */
  async apply(tx: Queryable, clusterId: ClusterId, progress: DeploymentProgress): Promise<boolean> {
    const { rowCount } = await tx.query(
      `UPDATE deployment SET progress_revision = $3, steps = $6,
         status = $4, reason = CASE WHEN status = ANY ($5) THEN $7 ELSE reason END,
         build_plan = coalesce(build_plan, $8), artifact = coalesce(artifact, $9),
         artifact_bytes = coalesce(artifact_bytes, $10), started_at = coalesce(started_at, $11),
         finished_at = CASE WHEN status = ANY ($5) THEN $12 ELSE finished_at END
       WHERE deployment_id = $1 AND instance_id = $2 AND progress_revision < $3 AND (status = ANY ($5) OR status = $4)
         AND EXISTS (SELECT 1 FROM instance i WHERE i.instance_id = $2 AND i.cluster_id = $13)`,
      [
        progress.deploymentId,
        progress.instanceId,
        progress.revision,
        progress.status,
        [...unfinishedStatuses],
        jsonb(progress.steps),
        progress.reason && jsonb(progress.reason),
        progress.buildPlan && jsonb(progress.buildPlan),
        progress.artifact,
        progress.artifactBytes,
        time(progress.startedAt),
        isFinal(progress.status) ? time(progress.finishedAt ?? Date.now()) : null,
        clusterId,
      ],
    );
    return rowCount === 1;
  }

  /** A version that could not be built is no longer the desired one; nothing that runs is touched. */
  async retreat(tx: Queryable, progress: DeploymentProgress, lastGood: string | null): Promise<void> {
    await tx.query(
      'UPDATE instance SET desired_deployment_id = $3 WHERE instance_id = $1 AND desired_deployment_id = $2',
      [progress.instanceId, progress.deploymentId, lastGood],
    );
  }
}
