import { runWithContext } from '@zarpa/observability';
import { createTestDatabase, createTestVirtualHost, type TestBroker, type TestDatabase, waitFor } from '@zarpa/testing';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Outbox, type OutboxPublisher, OutboxRelay, outboxMigration, queueNames } from './index.ts';
import { logger, openFleet, shipCatalog } from './testing/ships.ts';

let broker: TestBroker;
let database: TestDatabase;
let pool: Pool;
const used = { queues: [] as string[], exchanges: [] as string[] };
const outbox = new Outbox({ schema: 'platform', catalog: shipCatalog });

beforeAll(async () => {
  broker = await createTestVirtualHost();
  database = await createTestDatabase({ key: `outbox ${outboxMigration('platform')}`, migrate });
  pool = new Pool({ connectionString: database.url });
  pool.on('error', () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
  await broker.drop(used);
});

async function migrate(url: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const sql of ['CREATE SCHEMA platform', ...outboxMigration('platform')]) await client.query(sql);
  await client.end();
}

const count = async (table: string) =>
  Number((await pool.query(`SELECT count(*) FROM platform.${table}`)).rows[0].count);

function newFleet(name: string) {
  const fleet = openFleet({ ...broker, fleet: name });
  used.queues.push(...queueNames(fleet.queue));
  used.exchanges = [fleet.queue.exchange];
  onTestFinished(() => fleet.close());
  return { ...fleet, routingKey: name };
}

function startRelay(publisher: OutboxPublisher, options: { pollMs?: number } = {}) {
  const relay = new OutboxRelay({ databaseUrl: database.url, schema: 'platform', publisher, logger, ...options });
  relay.start();
  onTestFinished(() => relay.close());
  return relay;
}

async function inTransaction(work: (client: { query: Client['query'] }) => Promise<void>) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

test('sends what a transaction stored once it has committed, in order and in its context', async () => {
  const fleet = newFleet('ordered');
  const { routingKey } = fleet;
  const legs: number[] = [];
  fleet.consumer({ 'ship.sail': async ({ leg }) => legs.push(leg) });
  startRelay(fleet.publisher());
  await runWithContext({ correlationId: 'req-outbox' }, () =>
    inTransaction((client) =>
      outbox.insert(
        client,
        Array.from({ length: 250 }, (_, leg) => ({ name: 'ship.sail', payload: { ship: 'ordered', leg }, routingKey })),
      ),
    ),
  );
  await waitFor(() => legs.length === 250, { describe: 'all legs' });
  expect(legs).toEqual(legs.toSorted((a, b) => a - b));
  await waitFor(async () => (await count('outbox')) === 0, { describe: 'an empty outbox' });
});

test('sends nothing of a transaction that was rolled back or whose payload does not fit', async () => {
  const fleet = newFleet('rollback');
  const { routingKey } = fleet;
  const ships: string[] = [];
  fleet.consumer({ 'ship.dock': async ({ ship }) => ships.push(ship) });
  startRelay(fleet.publisher());
  const rolledBack = inTransaction(async (client) => {
    await outbox.insert(client, [{ name: 'ship.dock', payload: { ship: 'rolled back' }, routingKey }]);
    throw new Error('changed my mind');
  });
  await expect(rolledBack).rejects.toThrow('changed my mind');
  const misfit = JSON.parse('{"ship":7}');
  await expect(outbox.insert(pool, [{ name: 'ship.dock', payload: misfit, routingKey }])).rejects.toMatchObject({
    code: 'invalid_payload',
  });
  await outbox.insert(pool, [{ name: 'ship.dock', payload: { ship: 'nul \u0000 kept' }, routingKey }]);
  await waitFor(() => ships.length > 0, { describe: 'the third one' });
  expect(ships).toEqual(['nul \u0000 kept']);
});

test('moves what can never be sent to the dead rows and goes on with the next', async () => {
  const fleet = newFleet('poison');
  const { routingKey } = fleet;
  const ships: string[] = [];
  fleet.consumer({ 'ship.dock': async ({ ship }) => ships.push(ship) });
  await inTransaction(async (client) => {
    await client.query(
      `INSERT INTO platform.outbox (message_name, routing_key, payload, headers)
       VALUES ('ship.dock', $1, '{"ship":7}', '{"messageId":"poison"}'), ('ship.sink', $1, '{}', '{}')`,
      [routingKey],
    );
    await outbox.insert(client, [
      { name: 'ship.dock', payload: { ship: 'lost' }, routingKey: 'nowhere' },
      { name: 'ship.dock', payload: { ship: 'healthy' }, routingKey },
    ]);
  });
  startRelay(fleet.publisher());
  await waitFor(() => ships.includes('healthy'), { describe: 'the healthy row' });
  await waitFor(async () => (await count('outbox')) === 0, { describe: 'an empty outbox' });
  const { rows } = await pool.query('SELECT payload, reason FROM platform.outbox_dead ORDER BY id');
  expect(rows).toEqual([
    { payload: { ship: 7 }, reason: expect.stringMatching(/^invalid_payload: /) },
    { payload: {}, reason: expect.stringMatching(/^unknown_message: /) },
    { payload: { ship: 'lost' }, reason: expect.stringMatching(/^unroutable: /) },
  ]);
});

test('two relays share the work without doubling it, and a lost database connection does not stop them', async () => {
  const fleet = newFleet('shared');
  const { routingKey } = fleet;
  const legs: number[] = [];
  fleet.consumer({ 'ship.sail': async ({ leg }) => legs.push(leg) });
  const relays = [startRelay(fleet.publisher()), startRelay(fleet.publisher())];
  const store = (leg: number) => ({ name: 'ship.sail', payload: { ship: 'shared', leg }, routingKey }) as const;
  await outbox.insert(
    pool,
    Array.from({ length: 300 }, (_, leg) => store(leg)),
  );
  await waitFor(() => legs.length === 300, { describe: 'the first legs' });
  expect(new Set(legs).size).toBe(300);

  await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'outbox-relay'`);
  await outbox.insert(pool, [store(300)]);
  for (const relay of relays) relay.wake();
  await waitFor(() => legs.includes(300), { describe: 'the leg after the loss' });
});

test('sends at once when it is woken, however seldom it looks by itself', async () => {
  const fleet = newFleet('woken');
  const { routingKey } = fleet;
  const legs: number[] = [];
  fleet.consumer({ 'ship.sail': async ({ leg }) => legs.push(leg) });
  const relay = startRelay(fleet.publisher(), { pollMs: 3_600_000 });
  for (const leg of [1, 2, 3]) {
    await outbox.insert(pool, [{ name: 'ship.sail', payload: { ship: 'woken', leg }, routingKey }]);
    relay.wake();
    await waitFor(() => legs.includes(leg), { describe: `leg ${leg}` });
  }
  expect(legs).toEqual([1, 2, 3]);
});
