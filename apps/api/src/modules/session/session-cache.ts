import { Injectable } from '@nestjs/common';
import type { AuthenticatedSession } from './session.ts';

const freshMs = 5_000;
const mostEntries = 10_000;

/** Spares a query a request. What is cached may be wrong for `freshMs`, not longer. */
@Injectable()
export class SessionCache {
  private readonly entries = new Map<string, { session: AuthenticatedSession; until: number }>();

  get(key: string): AuthenticatedSession | undefined {
    const entry = this.entries.get(key);
    return entry && entry.until > Date.now() ? entry.session : undefined;
  }

  set(key: string, session: AuthenticatedSession): void {
    if (this.entries.size >= mostEntries) this.entries.clear();
    this.entries.set(key, { session, until: Math.min(Date.now() + freshMs, session.expiresAt.getTime()) });
  }
}
