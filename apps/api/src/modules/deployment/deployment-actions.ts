import { Injectable } from '@nestjs/common';
import {
  type CreateDeployment,
  type DeploymentId,
  type DeploymentView,
  type InstanceId,
  isFinal,
} from '@zarpa/contracts';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { Database, type Queryable } from '../../database/database.ts';
import { DomainError } from '../../problems/domain-error.ts';
import { InstanceRepository, type InstanceRow } from '../instance/index.ts';
import { type RolledOut, Rollout, sameVersion } from '../rollout/index.ts';
import type { OwnerScope } from '../session/index.ts';
import { CommitLookup } from './commit-lookup.ts';
import { DeploymentRepository } from './deployment.repository.ts';
import { DeploymentService } from './deployment.service.ts';
import { isRestorable } from './deployment.ts';
import { nextVersion } from './next-version.ts';

/** What an owner does about versions: deploy, go back, cancel. */
@Injectable()
export class DeploymentActions {
  constructor(
    private readonly database: Database,
    private readonly instances: InstanceRepository,
    private readonly deployments: DeploymentRepository,
    private readonly views: DeploymentService,
    private readonly rollout: Rollout,
    private readonly commits: CommitLookup,
    private readonly feed: ChangeFeed,
  ) {}

  async create(scope: OwnerScope, id: InstanceId, input: CreateDeployment): Promise<DeploymentView> {
    const before = await this.instances.find(scope, id);
    if (!before) throw new DomainError('instance_not_found');
    if (before.desiredState === 'deleted') throw new DomainError('instance_deleted');
    const commit = await this.commits.find(before, input);
    return this.rollOut(scope, id, (tx, row) => this.rollout.start(tx, row, nextVersion(row, commit, input)));
  }

  async rollback(scope: OwnerScope, id: InstanceId, deploymentId: DeploymentId): Promise<DeploymentView> {
    const found = await this.deployments.find(scope, id, deploymentId);
    if (!found) throw new DomainError('deployment_not_found');
    const { deployment, currentId } = found;
    if (!isRestorable(deployment) || currentId === deploymentId) throw new DomainError('deployment_not_restorable');
    const version = { ...sameVersion(deployment), trigger: 'rollback', rollbackOf: deploymentId } as const;
    return this.rollOut(scope, id, (tx, row) => this.rollout.start(tx, row, version));
  }

  async cancel(scope: OwnerScope, id: InstanceId, deploymentId: DeploymentId): Promise<DeploymentView> {
    await this.database.transaction(async (tx) => {
      const row = await this.lock(tx, scope, id);
      const found = await this.deployments.find(scope, id, deploymentId);
      if (!found) throw new DomainError('deployment_not_found');
      if (isFinal(found.deployment.status)) throw new DomainError('deployment_finished');
      await this.rollout.cancel(tx, row);
    });
    this.announce(id, [deploymentId]);
    return this.views.get(scope, id, deploymentId);
  }

  private async rollOut(
    scope: OwnerScope,
    id: InstanceId,
    start: (tx: Queryable, row: InstanceRow) => Promise<RolledOut>,
  ): Promise<DeploymentView> {
    const made = await this.database.transaction(async (tx) => start(tx, await this.lock(tx, scope, id)));
    this.announce(id, [...made.superseded, made.deploymentId]);
    return this.views.get(scope, id, made.deploymentId);
  }

  private async lock(tx: Queryable, scope: OwnerScope, id: InstanceId): Promise<InstanceRow> {
    const row = await this.instances.lock(tx, scope, id);
    if (!row) throw new DomainError('instance_not_found');
    if (row.desiredState === 'deleted') throw new DomainError('instance_deleted');
    return row;
  }

  private announce(instanceId: InstanceId, deploymentIds: readonly DeploymentId[]): void {
    for (const deploymentId of deploymentIds) this.feed.emit('deployment', { deploymentId });
    this.feed.emit('instance', { instanceId });
  }
}
