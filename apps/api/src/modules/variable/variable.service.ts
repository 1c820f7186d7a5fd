import { Injectable } from '@nestjs/common';
import type { InstanceId, UpdateVariables, VariableList, VariableValue } from '@zarpa/contracts';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { Database, type Queryable } from '../../database/database.ts';
import { DomainError } from '../../problems/domain-error.ts';
import { InstanceRepository, type InstanceRow, InstanceService } from '../instance/index.ts';
import { VariableVault } from '../rollout/index.ts';
import type { OwnerScope } from '../session/index.ts';
import { assertWithinLimits, variableList } from './variable.ts';

/** An instance's environment variables. What is saved runs with the next deployment. */
@Injectable()
export class VariableService {
  constructor(
    private readonly instances: InstanceRepository,
    private readonly views: InstanceService,
    private readonly vault: VariableVault,
    private readonly database: Database,
    private readonly changes: ChangeFeed,
  ) {}

  async list(scope: OwnerScope, instanceId: InstanceId): Promise<VariableList> {
    const row = await this.views.row(scope, instanceId);
    return variableList(row, await this.vault.read(this.database.pool, instanceId));
  }

  async update(scope: OwnerScope, instanceId: InstanceId, input: UpdateVariables): Promise<VariableList> {
    await this.database.transaction(async (tx) => {
      const row = await this.lockLive(tx, scope, instanceId);
      await tx.query('DELETE FROM instance_variable WHERE instance_id = $1 AND name = ANY ($2)', [
        row.instanceId,
        input.remove,
      ]);
      for (const { name, value } of input.set) await this.vault.write(tx, instanceId, name, value);
      assertWithinLimits(await this.vault.read(tx, instanceId));
    });
    this.changes.emit('instance', { instanceId });
    return this.list(scope, instanceId);
  }

  async reveal(scope: OwnerScope, instanceId: InstanceId, name: string): Promise<VariableValue> {
    const row = await this.views.row(scope, instanceId);
    const variables = await this.vault.read(this.database.pool, row.instanceId);
    const variable = variables.find((candidate) => candidate.name === name);
    if (!variable) throw new DomainError('variable_not_found', { params: { name } });
    return { name, value: this.vault.open(instanceId, variable) };
  }

  private async lockLive(tx: Queryable, scope: OwnerScope, instanceId: InstanceId): Promise<InstanceRow> {
    const row = await this.instances.lock(tx, scope, instanceId);
    if (!row) throw new DomainError('instance_not_found');
    if (row.desiredState === 'deleted') throw new DomainError('instance_deleted');
    return row;
  }
}
