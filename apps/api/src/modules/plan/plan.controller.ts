import { Controller, Get } from '@nestjs/common';
import { PlanList } from '@zarpa/contracts';
import { Public } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import { PlanService } from './plan.service.ts';

@Controller('v1/plans')
export class PlanController {
  constructor(private readonly plans: PlanService) {}

  @Public()
  @Get()
  @Operation({ id: 'listPlans', summary: 'Plans on offer, cheapest first', answer: PlanList })
  list(): Promise<PlanList> {
    return this.plans.list();
  }
}
