import { Injectable } from '@nestjs/common';
import type { DeploymentId, InstanceId, OwnerId } from '@zarpa/contracts';
import { Database, type Prepared } from '../../database/database.ts';
import type { OwnerScope } from '../session/index.ts';
import { type DeploymentRow, deploymentJson } from './deployment-row.ts';

/** A deployment, and which version of its instance runs. */
export interface FoundDeployment {
  readonly deployment: DeploymentRow;
  readonly currentId: DeploymentId | null;
  readonly ownerId: OwnerId;
}

export const selectDeployment = `
  SELECT ${deploymentJson('d')} AS deployment, i.observed_deployment_id AS "currentId", i.owner_id AS "ownerId"
  FROM deployment d JOIN instance i ON i.instance_id = d.instance_id`;
const ofOwner = `d.instance_id = $1 AND i.owner_id = $2 AND i.desired_state <> 'purged'`;
const page: Prepared = {
  name: 'deployment-page',
  text: `${selectDeployment} WHERE ${ofOwner} AND d.number < $3 ORDER BY d.number DESC LIMIT $4`,
};
const one: Prepared = { name: 'deployment-one', text: `${selectDeployment} WHERE ${ofOwner} AND d.deployment_id = $3` };

/** Deployments of one owner's instances. */
@Injectable()
export class DeploymentRepository {
  constructor(private readonly database: Database) {}

  page(scope: OwnerScope, id: InstanceId, range: { before: number; limit: number }): Promise<FoundDeployment[]> {
    return this.database.read<FoundDeployment>(page, [id, scope.ownerId, range.before, range.limit]);
  }

  async find(scope: OwnerScope, id: InstanceId, deploymentId: DeploymentId): Promise<FoundDeployment | undefined> {
    const [found] = await this.database.read<FoundDeployment>(one, [id, scope.ownerId, deploymentId]);
    return found;
  }
}
