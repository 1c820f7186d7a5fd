import { Injectable } from '@nestjs/common';
import type { PlanId } from '@zarpa/contracts';
import { Database, type Prepared, type Queryable } from '../../database/database.ts';

export interface PlanRow {
  readonly planId: PlanId;
  readonly name: string;
  readonly memoryMb: number;
  readonly cpuMillis: number;
  readonly storageMb: number;
  readonly priceCents: number;
  readonly perOwnerLimit: number | null;
  readonly offered: boolean;
}

const selectPlan = `
  SELECT plan_id AS "planId", name, memory_mb AS "memoryMb", cpu_millis AS "cpuMillis", storage_mb AS "storageMb",
    price_cents AS "priceCents", per_owner_limit AS "perOwnerLimit", offered
  FROM plan`;
const offeredPlans: Prepared = {
  name: 'plan-list',
  text: `${selectPlan} WHERE offered ORDER BY price_cents, plan_id`,
};
const onePlan: Prepared = { name: 'plan-one', text: `${selectPlan} WHERE plan_id = $1` };

/** Plans belong to nobody: they are the same for all. */
@Injectable()
export class PlanRepository {
  constructor(private readonly database: Database) {}

  offered(): Promise<PlanRow[]> {
    return this.database.read<PlanRow>(offeredPlans, []);
  }

  async find(tx: Queryable, planId: PlanId): Promise<PlanRow | undefined> {
    const { rows } = await tx.query<PlanRow>({ ...onePlan, values: [planId] });
    return rows[0];
  }
}
