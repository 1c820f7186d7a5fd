import type { DeploymentId } from '@zarpa/contracts';
import type { Secret } from '@zarpa/env';
import { type TicketCheck, TicketSigner } from './ticket.ts';

/** Signs and checks addresses of source archives: whoever has one may fetch that deployment's source until it expires. */
export class ArchiveTickets {
  private readonly signer: TicketSigner;

  constructor(
    secret: Secret<string>,
    private readonly baseUrl: string,
  ) {
    this.signer = new TicketSigner(secret, 'archive');
  }

  issue(deploymentId: DeploymentId, now: number): { url: string; expiresAt: number } {
    const { query, expiresAt } = this.signer.issue(deploymentId, now);
    return { url: `${this.baseUrl}/archives/${deploymentId}?${query}`, expiresAt };
  }

  check(deploymentId: DeploymentId, ticket: { expires: number; ticket: string }, now: number): TicketCheck {
    return this.signer.check(deploymentId, ticket, now);
  }
}
