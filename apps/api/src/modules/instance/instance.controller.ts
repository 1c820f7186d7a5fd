import { Body, Controller, Delete, Get, Param, Patch, Post, Put } from '@nestjs/common';
import { ChangePlan, CreateInstance, InstanceId, InstanceList, InstanceView, UpdateInstance } from '@zarpa/contracts';
import { Scope } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import type { OwnerScope } from '../session/index.ts';
import { InstanceService } from './instance.service.ts';
import { InstanceCreation } from './instance-creation.ts';
import { InstanceLifecycle } from './instance-lifecycle.ts';

const Id = () => Param('instanceId', { schema: InstanceId });

@Controller('v1/instances')
export class InstanceController {
  constructor(
    private readonly instances: InstanceService,
    private readonly creation: InstanceCreation,
    private readonly lifecycle: InstanceLifecycle,
  ) {}

  @Get()
  @Operation({ id: 'listInstances', summary: 'All instances of the owner, newest first', answer: InstanceList })
  list(@Scope() scope: OwnerScope): Promise<InstanceList> {
    return this.instances.list(scope);
  }

  @Post()
  @Operation({ id: 'createInstance', summary: 'Create an instance and deploy it', answer: InstanceView, status: 201 })
  async create(
    @Scope() scope: OwnerScope,
    @Body({ schema: CreateInstance }) input: CreateInstance,
  ): Promise<InstanceView> {
    return this.instances.get(scope, await this.creation.create(scope, input));
  }

  @Get(':instanceId')
  @Operation({ id: 'getInstance', summary: 'One instance', answer: InstanceView })
  get(@Scope() scope: OwnerScope, @Id() id: InstanceId): Promise<InstanceView> {
    return this.instances.get(scope, id);
  }

  @Patch(':instanceId')
  @Operation({ id: 'updateInstance', summary: 'Change name, branch, folder or commands', answer: InstanceView })
  update(
    @Scope() scope: OwnerScope,
    @Id() id: InstanceId,
    @Body({ schema: UpdateInstance }) input: UpdateInstance,
  ): Promise<InstanceView> {
    return this.instances.update(scope, id, input);
  }

  @Delete(':instanceId')
  @Operation({ id: 'deleteInstance', summary: 'Stop and delete; restorable for a while', answer: InstanceView })
  delete(@Scope() scope: OwnerScope, @Id() id: InstanceId): Promise<InstanceView> {
    return this.lifecycle.delete(scope, id);
  }

  @Post(':instanceId/pause')
  @Operation({ id: 'pauseInstance', summary: 'Stop the bot and keep its data', answer: InstanceView })
  pause(@Scope() scope: OwnerScope, @Id() id: InstanceId): Promise<InstanceView> {
    return this.lifecycle.pause(scope, id);
  }

  @Post(':instanceId/resume')
  @Operation({ id: 'resumeInstance', summary: 'Start a paused bot', answer: InstanceView })
  resume(@Scope() scope: OwnerScope, @Id() id: InstanceId): Promise<InstanceView> {
    return this.lifecycle.resume(scope, id);
  }

  @Post(':instanceId/restart')
  @Operation({ id: 'restartInstance', summary: 'Stop and start the bot once', answer: InstanceView })
  restart(@Scope() scope: OwnerScope, @Id() id: InstanceId): Promise<InstanceView> {
    return this.lifecycle.restart(scope, id);
  }

  @Post(':instanceId/restore')
  @Operation({ id: 'restoreInstance', summary: 'Bring a deleted instance back', answer: InstanceView })
  restore(@Scope() scope: OwnerScope, @Id() id: InstanceId): Promise<InstanceView> {
    return this.lifecycle.restore(scope, id);
  }

  @Put(':instanceId/plan')
  @Operation({ id: 'changeInstancePlan', summary: 'Put the instance on another plan', answer: InstanceView })
  changePlan(
    @Scope() scope: OwnerScope,
    @Id() id: InstanceId,
    @Body({ schema: ChangePlan }) input: ChangePlan,
  ): Promise<InstanceView> {
    return this.lifecycle.changePlan(scope, id, input.planId);
  }
}
