import { Module } from '@nestjs/common';
import { ClusterModule } from '../cluster/index.ts';
import { CommandModule } from '../command/index.ts';
import { GithubModule } from '../github/index.ts';
import { PlanModule } from '../plan/index.ts';
import { RolloutModule } from '../rollout/index.ts';
import { InstanceController } from './instance.controller.ts';
import { InstanceRepository } from './instance.repository.ts';
import { InstanceService } from './instance.service.ts';
import { InstanceSystemRepository } from './instance.system-repository.ts';
import { InstanceCreation } from './instance-creation.ts';
import { InstanceLifecycle } from './instance-lifecycle.ts';
import { InstanceQuota } from './instance-quota.ts';

@Module({
  imports: [ClusterModule, CommandModule, GithubModule, PlanModule, RolloutModule],
  controllers: [InstanceController],
  providers: [
    InstanceService,
    InstanceCreation,
    InstanceLifecycle,
    InstanceQuota,
    InstanceRepository,
    InstanceSystemRepository,
  ],
  exports: [InstanceService, InstanceRepository, InstanceSystemRepository],
})
export class InstanceModule {}
