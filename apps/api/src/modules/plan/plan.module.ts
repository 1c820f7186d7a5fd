import { Module } from '@nestjs/common';
import { PlanController } from './plan.controller.ts';
import { PlanService } from './plan.service.ts';

@Module({
  controllers: [PlanController],
  providers: [PlanService],
})
export class PlanModule {}
