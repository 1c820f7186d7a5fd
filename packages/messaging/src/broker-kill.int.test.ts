import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTestDatabase,
  freePort,
  startRabbitMq,
  type TestDatabase,
  type TestServer,
  waitFor,
} from '@zarpa/testing';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Outbox, OutboxRelay, outboxMigration } from './index.ts';
import { logger, openFleet, shipCatalog } from './testing/ships.ts';

let directory: string;
let server: TestServer;
let database: TestDatabase;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zarpa-broker-'));
  server = await startRabbitMq({ directory, port: await freePort() });
  database = await createTestDatabase({ key: `broker kill ${outboxMigration('platform')}`, migrate });
}, 60_000);
afterAll(async () => {
  await server.stop();
  await database.drop();
  await rm(directory, { recursive: true, force: true });
});

async function migrate(url: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const sql of ['CREATE SCHEMA platform', ...outboxMigration('platform')]) await client.query(sql);
  await client.end();
}

function newFleet(fleet: string) {
  const opened = openFleet({ url: server.url, fleet });
  onTestFinished(() => opened.close());
  return opened;
}

const timeout = 120_000;
const messageCount = 1_000;

test('no confirmed message is lost when the broker is killed while 1,000 and more are published', {
  timeout,
}, async () => {
  const fleet = newFleet('publishing');
  const publisher = fleet.publisher({ timeoutMs: 60_000 });
  const received = new Set<number>();
  const consumer = fleet.consumer({ 'ship.sail': async ({ leg }) => received.add(leg) });
  await publisher.connected(10_000);
  await waitFor(() => consumer.check().then(() => true), { describe: 'the consumer' });

  let confirmed = 0;
  let killed = false;
  const sent: Promise<void>[] = [];
  const publishAll = async () => {
    for (let leg = 0; leg < messageCount || !killed; leg++) {
      const sending = publisher.publish('ship.sail', { ship: `ship${leg % 10}`, leg }, { routingKey: 'publishing' });
      sent.push(sending.then(() => void confirmed++));
      await sent[leg - 100];
    }
    await Promise.all(sent);
  };
  const publishing = publishAll();
  await waitFor(() => confirmed > messageCount / 10, { describe: 'the first confirms' });
  await server.kill9();
  killed = true;
  await expect(publisher.check()).rejects.toThrow();
  expect(confirmed).toBeLessThan(sent.length);
  await server.restart();

  await publishing;
  expect(confirmed).toBe(sent.length);
  await waitFor(() => received.size === sent.length, { timeoutMs: 30_000, describe: 'every message' });
});

test('what a handler works on while the broker is killed is delivered again, and never at the same time', {
  timeout,
}, async () => {
  const fleet = newFleet('working');
  const gate = Promise.withResolvers<void>();
  const deliveries: boolean[] = [];
  let [running, most] = [0, 0];
  const consumer = fleet.consumer({
    'ship.dock': async (_, { redelivered }) => {
      deliveries.push(redelivered);
      most = Math.max(most, ++running);
      if (deliveries.length === 1) await gate.promise;
      running--;
    },
  });
  await fleet.publisher().publish('ship.dock', { ship: 'Zarpa' }, { routingKey: 'working' });
  await waitFor(() => deliveries.length === 1, { describe: 'the first delivery' });
  await server.kill9();
  await server.restart();
  await waitFor(() => consumer.check().then(() => true), { timeoutMs: 30_000, describe: 'the consumer again' });
  gate.resolve();
  await waitFor(() => deliveries.length === 2, { describe: 'the second delivery' });
  expect(most).toBe(1);
  await consumer.close();
  expect(await fleet.deadLetters.list(fleet.queue, { limit: 1 })).toEqual({ total: 0, letters: [] });
});

test('a retry that waits in the broker survives its kill', { timeout }, async () => {
  const fleet = newFleet('retrying');
  let attempts = 0;
  fleet.consumer({
    'ship.dock': async (_, { attempt }) => {
      attempts = attempt;
      if (attempt < 3) throw new Error('not yet');
    },
  });
  await fleet.publisher().publish('ship.dock', { ship: 'Zarpa' }, { routingKey: 'retrying' });
  await waitFor(() => attempts > 0, { describe: 'the first attempt' });
  await server.kill9();
  await server.restart();
  await waitFor(() => attempts === 3, { timeoutMs: 30_000, describe: 'the third attempt' });
});

test('the outbox delivers every row at least once while the broker is killed and restarted', { timeout }, async () => {
  const fleet = newFleet('outbox');
  const received = new Set<number>();
  fleet.consumer({ 'ship.sail': async ({ leg }) => received.add(leg) });
  const publisher = fleet.publisher({ timeoutMs: 2_000 });
  await publisher.connected(10_000);
  const relay = new OutboxRelay({ databaseUrl: database.url, schema: 'platform', publisher, logger });
  relay.start();
  onTestFinished(() => relay.close());

  const pool = new Pool({ connectionString: database.url });
  pool.on('error', () => undefined);
  onTestFinished(() => pool.end());
  const outbox = new Outbox({ schema: 'platform', catalog: shipCatalog });
  const store = (leg: number) =>
    outbox.insert(pool, [{ name: 'ship.sail', payload: { ship: `ship${leg % 10}`, leg }, routingKey: 'outbox' }]);

  for (let leg = 0; leg < messageCount; leg++) {
    await store(leg);
    if (leg === 300 || leg === 700) await server.kill9();
    if (leg === 400 || leg === 800) await server.restart();
  }
  await waitFor(() => received.size === messageCount, { timeoutMs: 60_000, describe: 'every row' });
  await waitFor(
    async () => (await pool.query('SELECT count(*)::int AS rows FROM platform.outbox')).rows[0].rows === 0,
    { describe: 'an empty outbox' },
  );
  expect((await pool.query('SELECT 1 FROM platform.outbox_dead')).rows).toEqual([]);
});

test('a consumer that is killed has its messages delivered to another one', { timeout }, async () => {
  const fleet = newFleet('crashing');
  const publisher = fleet.publisher();
  await publisher.publish('ship.dock', { ship: 'Zarpa' }, { routingKey: 'crashing' });
  const program = new URL('./testing/hanging-consumer.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, server.url, 'crashing'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const redeliveries: boolean[] = [];
  fleet.consumer({ 'ship.dock': async (_, { redelivered }) => redeliveries.push(redelivered) });
  await waitFor(() => redeliveries.length === 1, { describe: 'the second delivery' });
  expect(redeliveries).toEqual([true]);
});
