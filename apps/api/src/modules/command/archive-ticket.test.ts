import { newId } from '@zarpa/contracts';
import { Secret } from '@zarpa/env';
import { expect, test } from 'vitest';
import { ArchiveTickets } from './archive-ticket.ts';
import { ticketLifetimeMs } from './ticket.ts';

const tickets = new ArchiveTickets(new Secret('a'.repeat(32)), 'http://api.test');
const deploymentId = newId('deployment');
const now = 1_700_000_000_000;

function issued() {
  const { searchParams } = new URL(tickets.issue(deploymentId, now).url);
  return { expires: Number(searchParams.get('expires')), ticket: searchParams.get('ticket') ?? '' };
}

test('opens for its deployment until it expires', () => {
  expect(tickets.check(deploymentId, issued(), now)).toBe('valid');
  expect(tickets.check(deploymentId, issued(), now + ticketLifetimeMs)).toBe('expired');
});

test('refuses another deployment, a later end and another secret', () => {
  const { expires, ticket } = issued();
  expect(tickets.check(newId('deployment'), { expires, ticket }, now)).toBe('invalid');
  expect(tickets.check(deploymentId, { expires: expires + 1, ticket }, now)).toBe('invalid');
  const others = new ArchiveTickets(new Secret('b'.repeat(32)), 'http://api.test');
  expect(others.check(deploymentId, { expires, ticket }, now)).toBe('invalid');
});
