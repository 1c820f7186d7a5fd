import { Injectable } from '@nestjs/common';

@Injectable()
export class SessionService {
  ensure(token: string | undefined, address: string): Promise<{ view: never; token?: string }> {
    throw new Error('unavailable');
  }
  view(session: unknown): Promise<never> {
    throw new Error('unavailable');
  }
}
