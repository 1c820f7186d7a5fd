import { Module } from '@nestjs/common';
import { InstanceModule } from '../instance/index.ts';
import { RolloutModule } from '../rollout/index.ts';
import { VariableController } from './variable.controller.ts';
import { VariableService } from './variable.service.ts';

@Module({ imports: [InstanceModule, RolloutModule], controllers: [VariableController], providers: [VariableService] })
export class VariableModule {}
