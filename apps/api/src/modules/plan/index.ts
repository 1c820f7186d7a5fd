export { PlanModule } from './plan.module.ts';
export { PlanRepository } from './plan.repository.ts';
