import { Inject, Injectable } from '@nestjs/common';
import type { InstanceId, InstanceList, InstanceView, UpdateInstance } from '@zarpa/contracts';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { Database } from '../../database/database.ts';
import { DomainError } from '../../problems/domain-error.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import type { OwnerScope } from '../session/index.ts';
import { InstanceRepository } from './instance.repository.ts';
import type { InstanceRow } from './instance-row.ts';
import { instanceView } from './instance-view.ts';

/** What owners see of their instances, and the settings that change nothing that runs. */
@Injectable()
export class InstanceService {
  constructor(
    private readonly instances: InstanceRepository,
    private readonly database: Database,
    private readonly changes: ChangeFeed,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async list(scope: OwnerScope): Promise<InstanceList> {
    const rows = await this.instances.list(scope);
    return { items: rows.map((row) => this.view(row)) };
  }

  async get(scope: OwnerScope, instanceId: InstanceId): Promise<InstanceView> {
    return this.view(await this.row(scope, instanceId));
  }

  async row(scope: OwnerScope, instanceId: InstanceId): Promise<InstanceRow> {
    const row = await this.instances.find(scope, instanceId);
    if (!row) throw new DomainError('instance_not_found');
    return row;
  }

  async update(scope: OwnerScope, instanceId: InstanceId, input: UpdateInstance): Promise<InstanceView> {
    await this.database.transaction(async (tx) => {
      const row = await this.instances.lock(tx, scope, instanceId);
      if (!row) throw new DomainError('instance_not_found');
      if (row.desiredState === 'deleted') throw new DomainError('instance_deleted');
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
      await this.instances.updateSource(tx, scope, instanceId, { ...row, ...given });
    });
    this.changes.emit('instance', { instanceId });
    return this.get(scope, instanceId);
  }

  view(row: InstanceRow): InstanceView {
    return instanceView(row, {
      githubWebUrl: this.settings.GITHUB_WEB_URL,
      restoreWindowMs: this.settings.RESTORE_WINDOW,
    });
  }
}
