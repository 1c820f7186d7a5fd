import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../problems/domain-error.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { DeliveryRepository } from './delivery.repository.ts';
import { PushWork } from './push-work.ts';

interface Delivery {
  readonly deliveryId: string | undefined;
  readonly event: string | undefined;
  readonly signature: string | undefined;
  readonly body: unknown;
}

const idPattern = /^[\w-]{1,100}$/;
const eventPattern = /^[a-z_]{1,100}$/;

/** Takes deliveries in: checked, stored, answered. What they mean is found out afterwards, so that none is lost. */
@Injectable()
export class WebhookIntake {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly work: PushWork,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async accept({ deliveryId = '', event = '', signature = '', body }: Delivery): Promise<void> {
    if (!Buffer.isBuffer(body) || !this.isSigned(body, signature)) throw new DomainError('signature_invalid');
    if (!idPattern.test(deliveryId) || !eventPattern.test(event)) throw new DomainError('invalid_input');
    if (!isJson(body)) throw new DomainError('invalid_json');
    const isNew = await this.deliveries.store({ deliveryId, event, body });
    if (isNew) this.work.wake();
  }

  private isSigned(body: Buffer, signature: string): boolean {
    const secret = this.settings.GITHUB_WEBHOOK_SECRET?.reveal();
    if (!secret) return false;
    const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
