import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { MoveId, TransferTicket } from '@zarpa/contracts';
import { DomainError } from '../../problems/domain-error.ts';
import { type TransferDirection, TransferTickets } from '../command/index.ts';
import { MoveRepository } from './move.repository.ts';
import { DataTooLargeError, TransferStore } from './transfer-store.ts';

const mebibyte = 1024 * 1024;
/** An archive is a little larger than what is in it, where that does not compress. */
const mostBytes = (storageMb: number): number => Math.ceil(storageMb * mebibyte * 1.1) + 64 * mebibyte;

export interface DataToSend {
  readonly content: Readable;
  readonly bytes: number;
  readonly sha256: string;
}

/** Takes the data of an instance from the engine that it leaves, and gives them to the one that it goes to. */
@Injectable()
export class TransferService {
  constructor(
    private readonly tickets: TransferTickets,
    private readonly moves: MoveRepository,
    private readonly store: TransferStore,
  ) {}

  /** Returns the SHA-256 of what came, in base64. */
  async receive(moveId: MoveId, ticket: TransferTicket, content: Readable): Promise<string> {
    const move = await this.moveFor({ moveId, direction: 'export' }, ticket);
    if (move.phase !== 'exporting') throw new DomainError('transfer_not_expected');
    try {
      const stored = await this.store.save(moveId, content, mostBytes(move.storageMb));
      if (!(await this.moves.saveData(moveId, stored))) throw new DomainError('transfer_not_expected');
      return stored.sha256;
    } catch (error) {
      if (error instanceof DataTooLargeError) throw new DomainError('body_too_large', { cause: error });
      throw error;
    }
  }

  async send(moveId: MoveId, ticket: TransferTicket): Promise<DataToSend> {
    const { phase, sha256 } = await this.moveFor({ moveId, direction: 'import' }, ticket);
    if (phase !== 'importing') throw new DomainError('transfer_not_expected');
    const data = await this.store.read(moveId);
    if (!data || sha256 === null) throw new DomainError('move_not_found');
    return { ...data, sha256 };
  }

  private async moveFor(subject: { moveId: MoveId; direction: TransferDirection }, ticket: TransferTicket) {
    const check = this.tickets.check(subject, ticket, Date.now());
    if (check === 'invalid') throw new DomainError('ticket_invalid');
    if (check === 'expired') throw new DomainError('ticket_expired');
    const move = await this.moves.findForData(subject.moveId);
    if (!move) throw new DomainError('move_not_found');
    return move;
  }
}
