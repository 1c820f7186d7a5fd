import { Injectable } from '@nestjs/common';
import type { DeploymentId } from '@zarpa/contracts';
import { Database } from '../../database/database.ts';
import { type FoundDeployment, selectDeployment } from './deployment.repository.ts';

/** Deployments of all owners, for what the platform tells open pages. */
@Injectable()
export class DeploymentSystemRepository {
  constructor(private readonly database: Database) {}

  async find(deploymentId: DeploymentId): Promise<FoundDeployment | undefined> {
    const [found] = await this.database.read<FoundDeployment>(
      { name: 'deployment-of-anybody', text: `${selectDeployment} WHERE d.deployment_id = $1` },
      [deploymentId],
    );
    return found;
  }
}
