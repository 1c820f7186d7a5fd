import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '@zarpa/env';

/** As long as a command lives; the next re-send carries a new one. */
export const ticketLifetimeMs = 60 * 60 * 1000;

export type TicketCheck = 'valid' | 'expired' | 'invalid';

/** Signs that whoever shows this may do one thing until a time, and checks it. `purpose` keeps one kind of ticket from serving as another. */
export class TicketSigner {
  constructor(
    private readonly secret: Secret<string>,
    private readonly purpose: string,
  ) {}

  /** The query of an address that works until `expiresAt`. */
  issue(subject: string, now: number): { query: URLSearchParams; expiresAt: number } {
    const expiresAt = now + ticketLifetimeMs;
    const query = new URLSearchParams({ expires: String(expiresAt), ticket: this.sign(subject, expiresAt) });
    return { query, expiresAt };
  }

  check(subject: string, { expires, ticket }: { expires: number; ticket: string }, now: number): TicketCheck {
    const expected = Buffer.from(this.sign(subject, expires));
    const given = Buffer.from(ticket);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'invalid';
    return expires > now ? 'valid' : 'expired';
  }

  private sign(subject: string, expiresAt: number): string {
    const text = `${this.purpose}:${subject}:${expiresAt}`;
    return createHmac('sha256', this.secret.reveal()).update(text).digest('base64url');
  }
}
