import { Injectable } from '@nestjs/common';

@Injectable()
export class PushService {
  list(...a: unknown[]): Promise<never> {
    throw new Error('unavailable');
  }
}
