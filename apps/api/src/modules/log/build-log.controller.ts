import { Controller, Get, Param } from '@nestjs/common';
import { BuildLogView, DeploymentId, InstanceId } from '@zarpa/contracts';
import { Scope } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import type { OwnerScope } from '../session/index.ts';
import { BuildLogService } from './build-log.service.ts';

@Controller('v1/instances/:instanceId/deployments/:deploymentId/log')
export class BuildLogController {
  constructor(private readonly buildLogs: BuildLogService) {}

  @Get()
  @Operation({ id: 'getBuildLog', summary: "The build's output", answer: BuildLogView })
  get(
    @Scope() scope: OwnerScope,
    @Param('instanceId', { schema: InstanceId }) instanceId: InstanceId,
    @Param('deploymentId', { schema: DeploymentId }) deploymentId: DeploymentId,
  ): Promise<BuildLogView> {
    return this.buildLogs.get(scope, instanceId, deploymentId);
  }
}
