import { Injectable } from '@nestjs/common';
import type { InstanceId, InstanceView, PlanId } from '@zarpa/contracts';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { Database, type Queryable } from '../../database/database.ts';
import { DomainError } from '../../problems/domain-error.ts';
import { InstanceChange } from '../command/index.ts';
import { Rollout } from '../rollout/index.ts';
import type { OwnerScope } from '../session/index.ts';
import { InstanceRepository } from './instance.repository.ts';
import { InstanceService } from './instance.service.ts';
import { InstanceQuota } from './instance-quota.ts';
import type { InstanceRow } from './instance-row.ts';

/** What an owner does to an instance that has been created. Each is one transaction and one command. */
@Injectable()
export class InstanceLifecycle {
  constructor(
    private readonly database: Database,
    private readonly instances: InstanceRepository,
    private readonly views: InstanceService,
    private readonly change: InstanceChange,
    private readonly quota: InstanceQuota,
    private readonly rollout: Rollout,
    private readonly feed: ChangeFeed,
  ) {}

  pause(scope: OwnerScope, instanceId: InstanceId): Promise<InstanceView> {
    return this.write(scope, instanceId, (tx, row) => this.change.apply(tx, row, 'pause'));
  }

  resume(scope: OwnerScope, instanceId: InstanceId): Promise<InstanceView> {
    return this.write(scope, instanceId, (tx, row) => this.change.apply(tx, row, 'resume'));
  }

  restart(scope: OwnerScope, instanceId: InstanceId): Promise<InstanceView> {
    return this.write(scope, instanceId, (tx, row) => this.change.apply(tx, row, 'restart'));
  }

  delete(scope: OwnerScope, instanceId: InstanceId): Promise<InstanceView> {
    return this.write(scope, instanceId, async (tx, row) => {
      if (row.desiredState === 'deleted') throw new DomainError('instance_deleted');
      const desiredDeploymentId = await this.rollout.giveUp(tx, row, 'instance_deleted');
      await this.change.apply(tx, { ...row, desiredDeploymentId }, 'delete');
    });
  }

  /** One that was deleted before its first version had been built gets a new deployment of the same commit. */
  restore(scope: OwnerScope, instanceId: InstanceId): Promise<InstanceView> {
    return this.write(scope, instanceId, async (tx, row) => {
      if (row.desiredState === 'deleted') await this.quota.assertRoomFor(tx, scope, row.planId);
      await this.change.apply(tx, row, 'restore');
      if (row.desiredDeploymentId === null) await this.rollout.repeatLatest(tx, row);
    });
  }

  changePlan(scope: OwnerScope, instanceId: InstanceId, planId: PlanId): Promise<InstanceView> {
    return this.write(scope, instanceId, async (tx, row) => {
      if (row.planId === planId) return;
      if (row.desiredState === 'deleted') throw new DomainError('instance_deleted');
      await this.quota.assertPlanHasRoom(tx, scope, planId);
      await this.change.apply(tx, { ...row, planId }, 'upgrade');
    });
  }

  private async write(
    scope: OwnerScope,
    instanceId: InstanceId,
    work: (tx: Queryable, row: InstanceRow) => Promise<unknown>,
  ): Promise<InstanceView> {
    await this.database.transaction(async (tx) => {
      const row = await this.instances.lock(tx, scope, instanceId);
      if (!row) throw new DomainError('instance_not_found');
      await work(tx, row);
    });
    this.feed.emit('instance', { instanceId });
    return this.views.get(scope, instanceId);
  }
}
