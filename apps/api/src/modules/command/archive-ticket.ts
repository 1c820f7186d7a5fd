import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DeploymentId } from '@zarpa/contracts';
import type { Secret } from '@zarpa/env';

/** As long as a command lives; the next re-send carries a new one. */
export const ticketLifetimeMs = 60 * 60 * 1000;

export type TicketCheck = 'valid' | 'expired' | 'invalid';

/** Signs and checks addresses of source archives: whoever has one may fetch that deployment's source until it expires. */
export class ArchiveTickets {
  constructor(
    private readonly secret: Secret<string>,
    private readonly baseUrl: string,
  ) {}

  issue(deploymentId: DeploymentId, now: number): { url: string; expiresAt: number } {
    const expiresAt = now + ticketLifetimeMs;
    const query = new URLSearchParams({ expires: String(expiresAt), ticket: this.sign(deploymentId, expiresAt) });
    return { url: `${this.baseUrl}/archives/${deploymentId}?${query}`, expiresAt };
  }

  check(
    deploymentId: DeploymentId,
    { expires, ticket }: { expires: number; ticket: string },
    now: number,
  ): TicketCheck {
    const expected = Buffer.from(this.sign(deploymentId, expires));
    const given = Buffer.from(ticket);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'invalid';
    return expires > now ? 'valid' : 'expired';
  }

  private sign(deploymentId: DeploymentId, expiresAt: number): string {
    return createHmac('sha256', this.secret.reveal())
      .update(`archive:${deploymentId}:${expiresAt}`)
      .digest('base64url');
  }
}
