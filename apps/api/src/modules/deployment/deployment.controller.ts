import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import {
  CreateDeployment,
  DeploymentId,
  DeploymentPage,
  DeploymentQuery,
  DeploymentView,
  InstanceId,
} from '@zarpa/contracts';
import { Scope } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import type { OwnerScope } from '../session/index.ts';
import { DeploymentService } from './deployment.service.ts';
import { DeploymentActions } from './deployment-actions.ts';

const Id = () => Param('instanceId', { schema: InstanceId });
const DepId = () => Param('deploymentId', { schema: DeploymentId });

@Controller('v1/instances/:instanceId/deployments')
export class DeploymentController {
  constructor(
    private readonly deployments: DeploymentService,
    private readonly actions: DeploymentActions,
  ) {}

  @Get()
  @Operation({ id: 'listDeployments', summary: 'Deployments, newest first', answer: DeploymentPage })
  list(
    @Scope() scope: OwnerScope,
    @Id() id: InstanceId,
    @Query({ schema: DeploymentQuery }) query: DeploymentQuery,
  ): Promise<DeploymentPage> {
    return this.deployments.list(scope, id, query);
  }

  @Post()
  @Operation({ id: 'createDeployment', summary: 'Deploy a commit', answer: DeploymentView, status: 201 })
  create(
    @Scope() scope: OwnerScope,
    @Id() id: InstanceId,
    @Body({ schema: CreateDeployment }) input: CreateDeployment,
  ): Promise<DeploymentView> {
    return this.actions.create(scope, id, input);
  }

  @Get(':deploymentId')
  @Operation({ id: 'getDeployment', summary: 'One deployment', answer: DeploymentView })
  get(@Scope() scope: OwnerScope, @Id() id: InstanceId, @DepId() dep: DeploymentId): Promise<DeploymentView> {
    return this.deployments.get(scope, id, dep);
  }

  @Post(':deploymentId/cancel')
  @Operation({ id: 'cancelDeployment', summary: 'Stop one that is not finished', answer: DeploymentView })
  cancel(@Scope() scope: OwnerScope, @Id() id: InstanceId, @DepId() dep: DeploymentId): Promise<DeploymentView> {
    return this.actions.cancel(scope, id, dep);
  }

  @Post(':deploymentId/rollback')
  @Operation({ id: 'rollbackDeployment', summary: 'Run an older version again', answer: DeploymentView, status: 201 })
  rollback(@Scope() scope: OwnerScope, @Id() id: InstanceId, @DepId() dep: DeploymentId): Promise<DeploymentView> {
    return this.actions.rollback(scope, id, dep);
  }
}
