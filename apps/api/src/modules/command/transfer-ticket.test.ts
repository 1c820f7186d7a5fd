import { newId } from '@zarpa/contracts';
import { Secret } from '@zarpa/env';
import { expect, test } from 'vitest';
import { ArchiveTickets } from './archive-ticket.ts';
import { ticketLifetimeMs } from './ticket.ts';
import { TransferTickets } from './transfer-ticket.ts';

const secret = new Secret('a'.repeat(32));
const tickets = new TransferTickets(secret, 'http://api.test');
const moveId = newId('move');
const now = 1_700_000_000_000;

const ticketIn = (url: string) => {
  const { searchParams } = new URL(url);
  return { expires: Number(searchParams.get('expires')), ticket: searchParams.get('ticket') ?? '' };
};

test('opens for its move and direction until it expires', () => {
  const { url, expiresAt } = tickets.issue(moveId, 'export', now);
  expect(url).toMatch(`http://api.test/transfers/${moveId}?`);
  expect(tickets.check({ moveId, direction: 'export' }, ticketIn(url), now)).toBe('valid');
  expect(expiresAt).toBe(now + ticketLifetimeMs);
  expect(tickets.check({ moveId, direction: 'export' }, ticketIn(url), expiresAt)).toBe('expired');
});

test('refuses the other direction, another move, and a ticket of another kind', () => {
  const { url } = tickets.issue(moveId, 'import', now);
  expect(tickets.check({ moveId, direction: 'export' }, ticketIn(url), now)).toBe('invalid');
  expect(tickets.check({ moveId: newId('move'), direction: 'import' }, ticketIn(url), now)).toBe('invalid');
  const archive = ticketIn(new ArchiveTickets(secret, 'http://api.test').issue(newId('deployment'), now).url);
  expect(tickets.check({ moveId, direction: 'import' }, archive, now)).toBe('invalid');
});
