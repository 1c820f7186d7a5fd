import { currentContext, parseTraceparent, runWithContext } from '@zarpa/observability';
import { createTestVirtualHost, type TestBroker, waitFor } from '@zarpa/testing';
import { connect } from 'amqplib';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { PublishError, queueNames, RejectMessage, RetryLater } from './index.ts';
import { openFleet } from './testing/ships.ts';

let broker: TestBroker;
const used = { queues: [] as string[], exchanges: [] as string[] };
beforeAll(async () => {
  broker = await createTestVirtualHost();
});
afterAll(() => broker.drop(used));

let fleets = 0;
function newFleet(retryDelaysMs?: number[]) {
  const fleet = openFleet({ ...broker, fleet: `fleet${fleets++}`, ...(retryDelaysMs && { retryDelaysMs }) });
  used.queues.push(...queueNames(fleet.queue));
  if (!used.exchanges.includes(fleet.queue.exchange)) used.exchanges.push(fleet.queue.exchange);
  onTestFinished(() => fleet.close());
  return { ...fleet, routingKey: fleet.queue.bindingKey };
}

/** Sends bytes past the publisher's checks. */
async function sendRaw(queue: string, content: string, type?: string) {
  const connection = await connect(broker.url);
  const channel = await connection.createConfirmChannel();
  channel.sendToQueue(queue, Buffer.from(content), { ...(type && { type }), messageId: 'raw', persistent: true });
  await channel.waitForConfirms();
  await connection.close();
}

async function countMessages(queue: string): Promise<number> {
  const connection = await connect(broker.url);
  try {
    return (await (await connection.createChannel()).checkQueue(queue)).messageCount;
  } finally {
    await connection.close();
  }
}

test('delivers what was published, in the context of the publisher', async () => {
  const fleet = newFleet();
  const seen: unknown[] = [];
  fleet.consumer({ 'ship.sail': async (payload, meta) => seen.push({ payload, meta, context: currentContext() }) });
  const context = await runWithContext({ correlationId: 'req-7' }, async () => {
    const options = { routingKey: fleet.routingKey, messageId: 'msg-7' };
    await fleet.publisher().publish('ship.sail', { ship: 'Zarpa', leg: 1 }, options);
    return currentContext();
  });
  await waitFor(() => seen.length === 1, { describe: 'the delivery' });
  expect(seen[0]).toMatchObject({
    payload: { ship: 'Zarpa', leg: 1 },
    meta: { messageId: 'msg-7', attempt: 1, redelivered: false },
    context: { correlationId: 'req-7' },
  });
  const received = (seen[0] as { context: { traceparent: string } }).context.traceparent;
  expect(parseTraceparent(received)?.traceId).toBe(parseTraceparent(context?.traceparent)?.traceId);
});

test('refuses to publish what does not fit the schema, and reports what no queue takes', async () => {
  const { routingKey, publisher } = newFleet();
  const sender = publisher();
  const misfit: unknown = { ship: 7 };
  await expect(sender.publishUntyped('ship.sail', misfit, { routingKey })).rejects.toMatchObject({
    code: 'invalid_payload',
  });
  await expect(sender.publish('ship.dock', { ship: 'a' }, { routingKey: 'nowhere' })).rejects.toMatchObject({
    name: 'PublishError',
    code: 'unroutable',
  });
  await sender.publish('ship.dock', { ship: 'a' }, { routingKey });
});

test('rejects within the timeout when there is no broker', async () => {
  const fleet = openFleet({ url: 'amqp://127.0.0.1:1', fleet: 'none' });
  const publishing = fleet.publisher({ timeoutMs: 200 }).publish('ship.dock', { ship: 'a' });
  await expect(publishing).rejects.toMatchObject({ code: 'timeout' });
  await fleet.close();
  await expect(fleet.publisher().close()).resolves.toBeUndefined();
});

test.each([
  ['not json', 'ship.sail', 'malformed_json'],
  ['{"ship":1}', 'ship.sail', 'invalid_payload'],
  ['{}', 'ship.sink', 'unknown_message'],
  ['{}', undefined, 'unknown_message'],
])('dead-letters %s of type %s at its first delivery', async (content, type, code) => {
  const fleet = newFleet();
  const publisher = fleet.publisher();
  await publisher.connected(5_000);
  await sendRaw(fleet.queue.name, content, type);
  let handled = 0;
  fleet.consumer({ 'ship.sail': async () => handled++ });
  const letter = await waitFor(async () => (await fleet.deadLetters.list(fleet.queue, { limit: 1 })).letters[0], {
    describe: 'the dead letter',
  });
  expect(letter).toMatchObject({ code, content, attempts: 1, messageId: 'raw', originalRoutingKey: fleet.queue.name });
  expect(handled).toBe(0);
});

test('retries after each delay, then dead-letters with the reason, the attempts and where it came from', async () => {
  const fleet = newFleet([60, 120, 240]);
  const attemptedAt: number[] = [];
  fleet.consumer({
    'ship.dock': async (_, meta) => {
      attemptedAt.push(Date.now());
      expect(meta.attempt).toBe(attemptedAt.length);
      throw new Error('engine is away');
    },
  });
  await fleet.publisher().publish('ship.dock', { ship: 'Zarpa' }, { routingKey: fleet.routingKey });
  const letter = await waitFor(async () => (await fleet.deadLetters.list(fleet.queue, { limit: 1 })).letters[0], {
    describe: 'the dead letter',
  });
  const waits = attemptedAt.slice(1).map((at, index) => at - (attemptedAt[index] ?? 0));
  expect(waits).toHaveLength(3);
  for (const [index, delayMs] of [60, 120, 240].entries()) expect(waits[index]).toBeGreaterThanOrEqual(delayMs);
  expect(letter).toMatchObject({
    code: 'retries_exhausted',
    reason: 'engine is away',
    attempts: 4,
    originalExchange: fleet.queue.exchange,
    originalRoutingKey: fleet.routingKey,
    name: 'ship.dock',
  });
  expect(Date.parse(letter.deadAt ?? '') - Date.parse(letter.firstFailedAt ?? '')).toBeGreaterThanOrEqual(420);
});

test('a message that succeeds on its second attempt leaves nothing behind', async () => {
  const fleet = newFleet();
  let done = false;
  fleet.consumer({
    'ship.dock': async (_, { attempt }) => {
      if (attempt === 1) throw new RetryLater('not yet');
      done = true;
    },
  });
  await fleet.publisher().publish('ship.dock', { ship: 'Zarpa' }, { routingKey: fleet.routingKey });
  await waitFor(() => done, { describe: 'the second attempt' });
  await fleet.close();
  for (const name of queueNames(fleet.queue)) expect(await countMessages(name)).toBe(0);
});

test('dead-letters at once what a handler rejects', async () => {
  const fleet = newFleet();
  let attempts = 0;
  fleet.consumer({
    'ship.dock': async () => {
      attempts++;
      throw new RejectMessage('port_closed', 'There is no such port');
    },
  });
  await fleet.publisher().publish('ship.dock', { ship: 'Zarpa' }, { routingKey: fleet.routingKey });
  const dead = await waitFor(async () => (await fleet.deadLetters.list(fleet.queue, { limit: 1 })).letters[0], {
    describe: 'the dead letter',
  });
  expect(dead).toMatchObject({ code: 'port_closed', reason: 'There is no such port' });
  expect(attempts).toBe(1);
});

test('messages of one key run one after another, those of other keys at the same time', async () => {
  const fleet = newFleet();
  const running = new Map<string, number>();
  let together = 0;
  const legs: number[] = [];
  fleet.consumer({
    'ship.sail': async ({ ship, leg }) => {
      running.set(ship, (running.get(ship) ?? 0) + 1);
      expect(running.get(ship)).toBe(1);
      if (ship === 'a') legs.push(leg);
      await waitFor(() => [...running.values()].filter(Boolean).length > 1 || together > 0, {
        describe: 'another ship',
      });
      together++;
      running.set(ship, 0);
    },
  });
  const publisher = fleet.publisher();
  const ships = ['a', 'a', 'a', 'b', 'b', 'c'];
  const { routingKey } = fleet;
  await Promise.all(ships.map((ship, leg) => publisher.publish('ship.sail', { ship, leg }, { routingKey })));
  await waitFor(() => together === ships.length, { describe: 'all legs' });
  expect(legs).toEqual([0, 1, 2]);
});

test('a closing consumer finishes what runs and leaves the rest to the next one', async () => {
  const fleet = newFleet();
  const gate = Promise.withResolvers<void>();
  const handled: string[] = [];
  const first = fleet.consumer({
    'ship.sail': async ({ ship, leg }) => {
      handled.push(`first ${ship}${leg}`);
      await gate.promise;
    },
  });
  const publisher = fleet.publisher();
  for (const leg of [1, 2]) await publisher.publish('ship.sail', { ship: 'a', leg }, { routingKey: fleet.routingKey });
  await waitFor(() => handled.length === 1, { describe: 'the first leg' });
  const closing = first.close();
  fleet.consumer({ 'ship.sail': async ({ ship, leg }) => handled.push(`second ${ship}${leg}`) });
  gate.resolve();
  await closing;
  await waitFor(() => handled.length === 2, { describe: 'the second leg' });
  expect(handled).toEqual(['first a1', 'second a2']);
});

test('consumes again after its queue was deleted', async () => {
  const fleet = newFleet();
  const handled: string[] = [];
  const consumer = fleet.consumer({ 'ship.dock': async ({ ship }) => handled.push(ship) });
  const publisher = fleet.publisher();
  await publisher.publish('ship.dock', { ship: 'before' }, { routingKey: fleet.routingKey });
  await waitFor(() => handled.length === 1, { describe: 'the first message' });

  const connection = await connect(broker.url);
  await (await connection.createChannel()).deleteQueue(fleet.queue.name);
  await connection.close();
  await waitFor(
    () =>
      publisher.publish('ship.dock', { ship: 'after' }, { routingKey: fleet.routingKey }).then(
        () => true,
        (error) => !(error instanceof PublishError),
      ),
    { describe: 'a queue that takes messages again' },
  );
  await waitFor(() => handled.includes('after'), { describe: 'the message after' });
  await consumer.check();
});

test('a dead letter is listed without being lost and replayed one by one or all at once', async () => {
  const fleet = newFleet([]);
  const handled: number[] = [];
  let storm = true;
  fleet.consumer({
    'ship.sail': async ({ leg }, { attempt }) => {
      if (storm) throw new Error('storm');
      expect(attempt).toBe(1);
      handled.push(leg);
    },
  });
  const publisher = fleet.publisher();
  for (const leg of [1, 2, 3]) {
    const options = { routingKey: fleet.routingKey, messageId: `leg-${leg}` };
    await publisher.publish('ship.sail', { ship: 'a', leg }, options);
  }
  const list = () => fleet.deadLetters.list(fleet.queue, { limit: 10 });
  await waitFor(async () => (await list()).total === 3, { describe: 'three dead letters' });
  for (let look = 0; look < 25; look++) await list();
  expect((await list()).letters.map((letter) => letter.messageId)).toEqual(['leg-1', 'leg-2', 'leg-3']);

  storm = false;
  expect(await fleet.deadLetters.replay(fleet.queue, 'leg-2')).toBe(true);
  expect(await fleet.deadLetters.replay(fleet.queue, 'leg-9')).toBe(false);
  await waitFor(() => handled.length === 1, { describe: 'the replayed leg' });
  expect((await list()).letters.map((letter) => letter.messageId)).toEqual(['leg-1', 'leg-3']);
  expect(await fleet.deadLetters.replayAll(fleet.queue)).toBe(2);
  await waitFor(() => handled.length === 3, { describe: 'the other legs' });
  expect(handled).toEqual([2, 1, 3]);
  expect((await list()).total).toBe(0);
});
