import { Injectable } from '@nestjs/common';
import type { DeploymentId, DeploymentPage, DeploymentQuery, DeploymentView, InstanceId } from '@zarpa/contracts';
import { DomainError } from '../../problems/domain-error.ts';
import { InstanceService } from '../instance/index.ts';
import type { OwnerScope } from '../session/index.ts';
import { DeploymentRepository } from './deployment.repository.ts';
import { cursorOf, positionOf } from './deployment-cursor.ts';
import { deploymentView } from './deployment-view.ts';

/** An instance's deployments as its owner sees them. */
@Injectable()
export class DeploymentService {
  constructor(
    private readonly deployments: DeploymentRepository,
    private readonly instances: InstanceService,
  ) {}

  async list(scope: OwnerScope, id: InstanceId, { cursor, limit }: DeploymentQuery): Promise<DeploymentPage> {
    const found = await this.deployments.page(scope, id, { before: positionOf(cursor), limit: limit + 1 });
    if (found.length === 0) await this.instances.row(scope, id);
    const items = found.slice(0, limit).map(({ deployment, currentId }) => deploymentView(deployment, currentId));
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? cursorOf(last.number) : null };
  }

  async get(scope: OwnerScope, id: InstanceId, deploymentId: DeploymentId): Promise<DeploymentView> {
    const found = await this.deployments.find(scope, id, deploymentId);
    if (!found) throw new DomainError('deployment_not_found');
    return deploymentView(found.deployment, found.currentId);
  }
}
