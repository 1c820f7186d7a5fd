import { Module } from '@nestjs/common';
import { InstanceController } from './instance.controller.ts';
import { InstanceService } from './instance.service.ts';
import { InstanceCreation } from './instance-creation.ts';
import { InstanceLifecycle } from './instance-lifecycle.ts';

@Module({
  controllers: [InstanceController],
  providers: [InstanceService, InstanceCreation, InstanceLifecycle],
})
export class InstanceModule {}
