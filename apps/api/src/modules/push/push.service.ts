import { Injectable } from '@nestjs/common';
import type { InstanceId, PushList } from '@zarpa/contracts';
import { InstanceService } from '../instance/index.ts';
import type { OwnerScope } from '../session/index.ts';
import { PushRepository } from './push.repository.ts';

/** What an owner sees of pushes. */
@Injectable()
export class PushService {
  constructor(
    private readonly instances: InstanceService,
    private readonly pushes: PushRepository,
  ) {}

  async list(scope: OwnerScope, instanceId: InstanceId): Promise<PushList> {
    await this.instances.row(scope, instanceId);
    return { items: await this.pushes.newest(scope, instanceId) };
  }
}
