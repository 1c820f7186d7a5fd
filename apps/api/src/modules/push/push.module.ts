import { Module } from '@nestjs/common';
import { GithubModule } from '../github/index.ts';
import { InstanceModule } from '../instance/index.ts';
import { RolloutModule } from '../rollout/index.ts';
import { BranchRepository } from './branch.repository.ts';
import { BranchPolling } from './branch-polling.ts';
import { BranchSync } from './branch-sync.ts';
import { DeliveryRepository } from './delivery.repository.ts';
import { DeliveryProcessing } from './delivery-processing.ts';
import { PushController } from './push.controller.ts';
import { PushRepository } from './push.repository.ts';
import { PushService } from './push.service.ts';
import { PushWork } from './push-work.ts';
import { WebhookController } from './webhook.controller.ts';
import { WebhookIntake } from './webhook-intake.ts';

@Module({
  imports: [GithubModule, InstanceModule, RolloutModule],
  controllers: [PushController, WebhookController],
  providers: [
    PushService,
    PushRepository,
    PushWork,
    WebhookIntake,
    DeliveryProcessing,
    DeliveryRepository,
    BranchPolling,
    BranchRepository,
    BranchSync,
  ],
  exports: [PushWork],
})
export class PushModule {}
