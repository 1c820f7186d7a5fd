import { Injectable } from '@nestjs/common';
import { type CreateInstance, type InstanceId, newId } from '@zarpa/contracts';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { Database } from '../../database/database.ts';
import { Github, repositoryPath } from '../github/index.ts';
import { Rollout, VariableVault, versionOf } from '../rollout/index.ts';
import type { OwnerScope } from '../session/index.ts';
import { InstanceRepository } from './instance.repository.ts';
import { InstanceQuota } from './instance-quota.ts';

/** A new instance with its variables and its first deployment. */
@Injectable()
export class InstanceCreation {
  constructor(
    private readonly database: Database,
    private readonly instances: InstanceRepository,
    private readonly quota: InstanceQuota,
    private readonly vault: VariableVault,
    private readonly rollout: Rollout,
    private readonly github: Github,
    private readonly changes: ChangeFeed,
  ) {}

  async create(scope: OwnerScope, input: CreateInstance): Promise<InstanceId> {
    const repository = await this.github.repository(scope, repositoryPath(input.repository));
    const head = await repository.branchHead(input.branch);
    if (head === 'unchanged') throw new Error('GitHub answered 304 to an unconditional request');
    const { commit } = head;
    const instanceId = newId('instance');
    await this.database.transaction(async (tx) => {
      await this.quota.assertRoomFor(tx, scope, input.planId);
      const clusterId = await this.quota.place(tx, input.planId);
      await this.instances.insert(tx, scope, { ...input, instanceId, clusterId, branchHeadSha: commit.sha });
      for (const { name, value } of input.variables) await this.vault.write(tx, instanceId, name, value);
      const row = await this.instances.lock(tx, scope, instanceId);
      if (!row) throw new Error('The inserted instance was not found');
      await this.rollout.start(tx, row, { ...versionOf(row, commit), trigger: 'created' });
    });
    this.changes.emit('instance', { instanceId });
    return instanceId;
  }
}
