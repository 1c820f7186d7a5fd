import { Injectable } from '@nestjs/common';
import {
  type CommandOverrides,
  type CommitView,
  type DeploymentId,
  type DeploymentStatus,
  type DeploymentTrigger,
  type InstanceId,
  newId,
  type Reason,
} from '@zarpa/contracts';
import type { Queryable } from '../../database/database.ts';
import { jsonb } from '../../database/jsonb.ts';
import { InstanceChange } from '../command/index.ts';
import { unfinishedStatuses } from '../deployment/deployment.ts';
import type { DeploymentRow } from '../deployment/deployment-row.ts';
import type { InstanceRow } from '../instance/instance-row.ts';
import { type SealedEnvironment, VariableVault } from './variable-vault.ts';

/** A version to put into operation. */
export interface Version {
  readonly trigger: DeploymentTrigger;
  readonly commit: CommitView;
  readonly branch: string;
  readonly rootDirectory: string;
  readonly overrides: CommandOverrides;
  /** Runs this instead of building. */
  readonly reusedArtifact: string | null;
  readonly rollbackOf: DeploymentId | null;
  /** Takes over this deployment's environment; null takes what is saved now. */
  readonly environmentOf: DeploymentId | null;
}

export interface RolledOut {
  readonly deploymentId: DeploymentId;
  /** Older ones that it put an end to. */
  readonly superseded: readonly DeploymentId[];
}

/** Makes deployments. Always within the caller's transaction, which holds the instance's row. */
@Injectable()
export class Rollout {
  constructor(
    private readonly change: InstanceChange,
    private readonly vault: VariableVault,
  ) {}

  /** The new deployment is the desired one from here on; older ones that are not finished are superseded. */
  async start(tx: Queryable, instance: InstanceRow, version: Version): Promise<RolledOut> {
    const deploymentId = newId('deployment');
    const environment =
      version.environmentOf === null
        ? await this.vault.environmentFor(tx, instance.instanceId, deploymentId)
        : await this.vault.environmentOf(tx, version.environmentOf, deploymentId);
    const superseded = await this.endUnfinished(tx, instance.instanceId, 'superseded', 'superseded');
    await this.insert(tx, instance, { deploymentId, version, environment });
    await this.change.apply(tx, { ...instance, desiredDeploymentId: deploymentId }, 'deploy');
    return { deploymentId, superseded };
  }

  /** For an instance that has nothing to run: the newest attempt once more. */
  async repeatLatest(tx: Queryable, instance: InstanceRow): Promise<void> {
    const latest = instance.newerDeployment ?? instance.currentDeployment;
    if (!latest) return;
    const live = { ...instance, desiredState: 'running', stateBeforeDelete: null, deletedAt: null } as const;
    await this.start(tx, live, { ...sameVersion(latest), trigger: 'restored' });
  }

  /** Gives up what is under way; what ran before goes on. */
  async cancel(tx: Queryable, instance: InstanceRow): Promise<void> {
    const desiredDeploymentId = await this.giveUp(tx, instance, 'cancelled');
    await this.change.apply(tx, { ...instance, desiredDeploymentId }, 'cancel');
  }

  /** Ends what is under way. Returns the version that is left to operate. */
  async giveUp(
    tx: Queryable,
    { instanceId, desiredDeploymentId }: InstanceRow,
    code: Reason['code'],
  ): Promise<DeploymentId | null> {
    const ended = await this.endUnfinished(tx, instanceId, 'cancelled', code);
    const isLeft = desiredDeploymentId !== null && !ended.includes(desiredDeploymentId);
    return isLeft ? desiredDeploymentId : this.lastGood(tx, instanceId);
  }

  /** The version to operate where a newer one came to nothing: what runs, else the newest that ever did. */
  async lastGood(tx: Queryable, instanceId: InstanceId): Promise<DeploymentId | null> {
    const { rows } = await tx.query<{ deploymentId: DeploymentId }>(
      `SELECT d.deployment_id AS "deploymentId" FROM deployment d JOIN instance i ON i.instance_id = d.instance_id
       WHERE d.instance_id = $1 AND d.status = 'succeeded'
       ORDER BY d.deployment_id IS NOT DISTINCT FROM i.observed_deployment_id DESC, d.number DESC LIMIT 1`,
      [instanceId],
    );
    return rows[0]?.deploymentId ?? null;
  }

  /** Returns those that were queued or under way. */
  private async endUnfinished(
    tx: Queryable,
    instanceId: InstanceId,
    status: DeploymentStatus,
    code: Reason['code'],
  ): Promise<DeploymentId[]> {
    const { rows } = await tx.query<{ deploymentId: DeploymentId }>(
      `UPDATE deployment SET status = $2, reason = $3, finished_at = now()
       WHERE instance_id = $1 AND status = ANY ($4) RETURNING deployment_id AS "deploymentId"`,
      [instanceId, status, jsonb({ code, params: {} }), [...unfinishedStatuses]],
    );
    return rows.map((row) => row.deploymentId);
  }

  private async insert(
    tx: Queryable,
    instance: InstanceRow,
    made: { deploymentId: DeploymentId; version: Version; environment: SealedEnvironment },
  ): Promise<void> {
    const { deploymentId, version, environment } = made;
    await tx.query(
      `WITH counted AS (
         UPDATE instance SET deployment_count = deployment_count + 1, latest_deployment_id = $1
         WHERE instance_id = $2 RETURNING deployment_count, plan_id)
       INSERT INTO deployment (deployment_id, instance_id, number, trigger, repository, branch, root_directory, commit,
         overrides, plan_id, memory_mb, variable_versions, sealed_environment, reused_artifact, rollback_of)
       SELECT $1, $2, counted.deployment_count, $3, $4, $5, $6, $7, $8, plan_id, plan.memory_mb, $9, $10, $11, $12
       FROM counted JOIN plan USING (plan_id)`,
      [
        deploymentId,
        instance.instanceId,
        version.trigger,
        instance.repository,
        version.branch,
        version.rootDirectory,
        jsonb(version.commit),
        jsonb(version.overrides),
        jsonb(environment.versions),
        jsonb(environment.sealed),
        version.reusedArtifact,
        version.rollbackOf,
      ],
    );
  }
}

/** What a deployment was made of, with its environment. */
export function sameVersion(row: DeploymentRow): Omit<Version, 'trigger'> {
  return {
    commit: row.commit,
    branch: row.branch,
    rootDirectory: row.rootDirectory,
    overrides: row.overrides,
    reusedArtifact: row.artifact,
    rollbackOf: null,
    environmentOf: row.deploymentId,
  };
}

/** What an instance is set to now. */
export function versionOf(instance: InstanceRow, commit: CommitView): Omit<Version, 'trigger'> {
  return {
    commit,
    branch: instance.branch,
    rootDirectory: instance.rootDirectory,
    overrides: instance.overrides,
    reusedArtifact: null,
    rollbackOf: null,
    environmentOf: null,
  };
}
