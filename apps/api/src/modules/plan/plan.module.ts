import { Module } from '@nestjs/common';
import { PlanController } from './plan.controller.ts';
import { PlanRepository } from './plan.repository.ts';
import { PlanService } from './plan.service.ts';

@Module({ controllers: [PlanController], providers: [PlanService, PlanRepository], exports: [PlanRepository] })
export class PlanModule {}
