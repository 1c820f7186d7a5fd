import { Injectable } from '@nestjs/common';

@Injectable()
export class WebhookIntake {
  accept(...a: unknown[]): Promise<void> {
    throw new Error('unavailable');
  }
}
