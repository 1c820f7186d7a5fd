import { Injectable } from '@nestjs/common';

@Injectable()
export class SessionCookies {
  read(request: unknown): string | undefined {
    throw new Error('unavailable');
  }
  write(response: unknown, token: string): void {
    throw new Error('unavailable');
  }
}
