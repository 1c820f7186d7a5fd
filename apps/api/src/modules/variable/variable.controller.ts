import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { InstanceId, UpdateVariables, VariableList, VariableName, VariableValue } from '@zarpa/contracts';
import { Scope } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import type { OwnerScope } from '../session/index.ts';
import { VariableService } from './variable.service.ts';

const Id = () => Param('instanceId', { schema: InstanceId });

@Controller('v1/instances/:instanceId/variables')
export class VariableController {
  constructor(private readonly variables: VariableService) {}

  @Get()
  @Operation({ id: 'listVariables', summary: 'Names of the environment variables', answer: VariableList })
  list(@Scope() scope: OwnerScope, @Id() id: InstanceId): Promise<VariableList> {
    return this.variables.list(scope, id);
  }

  @Patch()
  @Operation({ id: 'updateVariables', summary: 'Set and remove variables', answer: VariableList })
  update(
    @Scope() scope: OwnerScope,
    @Id() id: InstanceId,
    @Body({ schema: UpdateVariables }) input: UpdateVariables,
  ): Promise<VariableList> {
    return this.variables.update(scope, id, input);
  }

  @Post(':name/reveal')
  @Operation({ id: 'revealVariable', summary: 'The value of one variable in clear', answer: VariableValue })
  reveal(
    @Scope() scope: OwnerScope,
    @Id() id: InstanceId,
    @Param('name', { schema: VariableName }) name: string,
  ): Promise<VariableValue> {
    return this.variables.reveal(scope, id, name);
  }
}
