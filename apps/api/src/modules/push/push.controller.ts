import { Controller, Get, Param } from '@nestjs/common';
import { InstanceId, PushList } from '@zarpa/contracts';
import { Scope } from '../../http/caller.ts';
import { Operation } from '../../http/operation.ts';
import type { OwnerScope } from '../session/index.ts';
import { PushService } from './push.service.ts';

@Controller('v1/instances/:instanceId/pushes')
export class PushController {
  constructor(private readonly pushes: PushService) {}

  @Get()
  @Operation({ id: 'listPushes', summary: 'Pushes seen, and what became of each', answer: PushList })
  list(@Scope() scope: OwnerScope, @Param('instanceId', { schema: InstanceId }) id: InstanceId): Promise<PushList> {
    return this.pushes.list(scope, id);
  }
}
