import { Module } from '@nestjs/common';
import { VariableController } from './variable.controller.ts';
import { VariableService } from './variable.service.ts';

@Module({
  controllers: [VariableController],
  providers: [VariableService],
})
export class VariableModule {}
