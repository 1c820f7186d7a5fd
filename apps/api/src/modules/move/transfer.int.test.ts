import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InstanceId, type MoveId, newId, type Problem } from '@zarpa/contracts';
import { Secret } from '@zarpa/env';
import { waitFor } from '@zarpa/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Customer } from '../../testing/customer.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import { TransferTickets } from '../command/index.ts';

let api: TestApi;
let customer: Customer;
let directory: string;
let tickets: TransferTickets;
let instanceId: InstanceId;
let moveId: MoveId;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zarpa-api-transfers-'));
  api = await startTestApi({
    SAFETY_NET_INTERVAL: '1h',
    TRANSFER_DIRECTORY: join(directory, 'made', 'when', 'needed'),
  });
  await api.sandbox.commit('ana/bot', { 'package.json': '{}' });
  tickets = new TransferTickets(new Secret(api.env.TICKET_SECRET ?? ''), api.url);
  customer = await Customer.arrive(api);
  ({ instanceId } = await customer.create({ repository: 'ana/bot', planId: 'development' }));
});
afterAll(async () => {
  await api.stop();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  moveId = newId('move');
  await api.database.query('DELETE FROM instance_move');
  await api.database.query(
    `INSERT INTO instance_move (move_id, instance_id, from_cluster_id, to_cluster_id, phase)
     VALUES ($1, $2, 'north', 'south', 'exporting')`,
    [moveId, instanceId],
  );
});

const phase = (name: string) => api.database.query(`UPDATE instance_move SET phase = '${name}'`);
const address = (direction: 'export' | 'import', now = Date.now()) => tickets.issue(moveId, direction, now).url;
const put = (url: string, body: string | Uint8Array<ArrayBuffer>) => fetch(url, { method: 'PUT', body });
const codeOf = async (answer: Response) => ((await answer.json()) as Problem).code;
const files = async () => (await readdir(directory, { recursive: true })).filter((name) => /\.(part|gz)$/.test(name));

test('what was sent is given back byte by byte, with its SHA-256', async () => {
  const data = new Uint8Array(randomBytes(3_000_000));
  const digest = `sha-256=:${createHash('sha256').update(data).digest('base64')}:`;
  const sent = await put(address('export'), data);
  expect([sent.status, sent.headers.get('repr-digest')]).toEqual([204, digest]);
  await phase('importing');
  const got = await fetch(address('import'));
  expect(got.headers.get('content-type')).toBe('application/gzip');
  expect([got.headers.get('content-length'), got.headers.get('repr-digest')]).toEqual(['3000000', digest]);
  expect(Buffer.from(await got.arrayBuffer()).equals(data)).toBe(true);
});

test('sent again, the newest counts', async () => {
  await put(address('export'), 'first');
  await put(address('export'), 'second');
  await phase('importing');
  expect(await (await fetch(address('import'))).text()).toBe('second');
});

test('an address is good for its move, its direction and its time alone', async () => {
  const [toSend, toGet] = [address('export'), address('import')];
  expect(await codeOf(await put(toGet, 'x'))).toBe('ticket_invalid');
  await phase('importing');
  expect(await codeOf(await fetch(toSend))).toBe('ticket_invalid');
  expect(await codeOf(await fetch(address('import', Date.now() - 3_600_001)))).toBe('ticket_expired');
  expect(await codeOf(await fetch(toGet.replace(moveId, newId('move'))))).toBe('ticket_invalid');
});

test('data are taken and given at their own step only, and not when the move is over', async () => {
  expect(await codeOf(await fetch(address('import')))).toBe('transfer_not_expected');
  await phase('importing');
  expect(await codeOf(await put(address('export'), 'late'))).toBe('transfer_not_expected');
  expect(await codeOf(await fetch(address('import')))).toBe('move_not_found');
  await api.database.query('UPDATE instance_move SET ended_at = now()');
  expect(await codeOf(await put(address('export'), 'later'))).toBe('move_not_found');
});

test('an upload that breaks off counts as none, and leaves nothing behind', async () => {
  const before = await files();
  const upload = request(address('export'), { method: 'PUT', headers: { 'content-length': '1000000' } });
  upload.on('error', () => undefined);
  upload.write(randomBytes(1_000));
  await waitFor(async () => (await files()).some((name) => name.includes(`${moveId}.`)), { describe: 'it has begun' });
  upload.destroy();
  await waitFor(async () => (await files()).length === before.length, { describe: 'what came is removed' });
  await phase('importing');
  expect(await codeOf(await fetch(address('import')))).toBe('move_not_found');
});

test('more than the plan’s storage can hold is refused', async () => {
  await api.database.query(`UPDATE plan SET storage_mb = 1 WHERE plan_id = 'development'`);
  const answer = await put(address('export'), new Uint8Array(66 * 1024 * 1024)).catch(() => null);
  // The connection may be gone before the answer is read: the rest of the body is not taken.
  if (answer) expect([answer.status, await codeOf(answer)]).toEqual([413, 'body_too_large']);
  await waitFor(async () => !(await files()).some((name) => name.includes(moveId)), { describe: 'nothing is kept' });
});
