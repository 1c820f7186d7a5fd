export { PlanModule } from './plan.module.ts';
export { PlanRepository, type PlanRow } from './plan.repository.ts';
