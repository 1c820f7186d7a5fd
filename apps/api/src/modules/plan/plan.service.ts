import { Injectable } from '@nestjs/common';
import type { PlanList } from '@zarpa/contracts';
import { PlanRepository } from './plan.repository.ts';

@Injectable()
export class PlanService {
  constructor(private readonly plans: PlanRepository) {}

  async list(): Promise<PlanList> {
    const rows = await this.plans.offered();
    return { items: rows.map(({ offered: _, ...plan }) => ({ ...plan, currency: 'BRL' })) };
  }
}
