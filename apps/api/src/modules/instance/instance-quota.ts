import { Inject, Injectable } from '@nestjs/common';
import type { ClusterId, PlanId } from '@zarpa/contracts';
import type { Queryable } from '../../database/database.ts';
import { DomainError } from '../../problems/domain-error.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { Placement } from '../cluster/index.ts';
import { PlanRepository } from '../plan/index.ts';
import type { OwnerScope } from '../session/index.ts';
import { InstanceRepository } from './instance.repository.ts';

/** Whether there is room for an instance: among what its owner may have, in all and on each plan, and in a cluster. */
@Injectable()
export class InstanceQuota {
  constructor(
    private readonly instances: InstanceRepository,
    private readonly plans: PlanRepository,
    private readonly placement: Placement,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Holds the owner until the transaction ends. @throws DomainError where there is no place for one more. */
  async assertRoomFor(tx: Queryable, scope: OwnerScope, planId: PlanId): Promise<void> {
    await this.instances.lockOwner(tx, scope);
    const { total } = await this.instances.count(tx, scope, planId);
    const most = this.settings.INSTANCES_PER_OWNER;
    if (total >= most) throw new DomainError('too_many_instances', { params: { limit: String(most) } });
    await this.assertPlanHasRoom(tx, scope, planId);
  }

  /** The cluster for a new one. Asked last: it is held until the transaction ends. @throws DomainError where none has room. */
  async place(tx: Queryable, planId: PlanId): Promise<ClusterId> {
    const plan = await this.plans.find(tx, planId);
    if (!plan) throw new DomainError('plan_not_found');
    const clusterId = await this.placement.place(tx, plan);
    if (clusterId === null) throw new DomainError('no_capacity', { params: { memory: String(plan.memoryMb) } });
    return clusterId;
  }

  /** For one that changes its plan. Holds the owner until the transaction ends where the plan's places are counted. */
  async assertPlanHasRoom(tx: Queryable, scope: OwnerScope, planId: PlanId): Promise<void> {
    const plan = await this.plans.find(tx, planId);
    if (!plan?.offered) throw new DomainError('plan_not_found');
    if (plan.perOwnerLimit === null) return;
    await this.instances.lockOwner(tx, scope);
    const { onPlan } = await this.instances.count(tx, scope, planId);
    if (onPlan >= plan.perOwnerLimit) {
      throw new DomainError('plan_limit_reached', { params: { plan: plan.name, limit: String(plan.perOwnerLimit) } });
    }
  }
}
