import type { DataAddress, MoveId } from '@zarpa/contracts';
import type { Secret } from '@zarpa/env';
import type { TransferDirection } from './desired-instance.ts';
import { type TicketCheck, TicketSigner } from './ticket.ts';

/** Signs and checks addresses of the data of an instance that moves: good for one move and one direction. */
export class TransferTickets {
  private readonly signer: TicketSigner;

  constructor(
    secret: Secret<string>,
    private readonly baseUrl: string,
  ) {
    this.signer = new TicketSigner(secret, 'transfer');
  }

  issue(moveId: MoveId, direction: TransferDirection, now: number): DataAddress {
    const { query, expiresAt } = this.signer.issue(subject(moveId, direction), now);
    return { moveId, url: `${this.baseUrl}/transfers/${moveId}?${query}`, expiresAt };
  }

  check(
    { moveId, direction }: { moveId: MoveId; direction: TransferDirection },
    ticket: { expires: number; ticket: string },
    now: number,
  ): TicketCheck {
    return this.signer.check(subject(moveId, direction), ticket, now);
  }
}

const subject = (moveId: MoveId, direction: TransferDirection): string => `${direction}:${moveId}`;
