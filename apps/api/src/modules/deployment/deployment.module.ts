import { Module } from '@nestjs/common';
import { GithubModule } from '../github/index.ts';
import { InstanceModule } from '../instance/index.ts';
import { RolloutModule } from '../rollout/index.ts';
import { CommitLookup } from './commit-lookup.ts';
import { DeploymentController } from './deployment.controller.ts';
import { DeploymentRepository } from './deployment.repository.ts';
import { DeploymentService } from './deployment.service.ts';
import { DeploymentSystemRepository } from './deployment.system-repository.ts';
import { DeploymentActions } from './deployment-actions.ts';

@Module({
  imports: [GithubModule, InstanceModule, RolloutModule],
  controllers: [DeploymentController],
  providers: [DeploymentService, DeploymentActions, DeploymentRepository, DeploymentSystemRepository, CommitLookup],
  exports: [DeploymentService, DeploymentSystemRepository],
})
export class DeploymentModule {}
