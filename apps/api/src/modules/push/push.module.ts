import { Module } from '@nestjs/common';
import { PushController } from './push.controller.ts';
import { PushService } from './push.service.ts';
import { WebhookController } from './webhook.controller.ts';
import { WebhookIntake } from './webhook-intake.ts';

@Module({
  controllers: [PushController, WebhookController],
  providers: [PushService, WebhookIntake],
})
export class PushModule {}
