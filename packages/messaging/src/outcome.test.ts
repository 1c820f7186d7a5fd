import { expect, test } from 'vitest';
import { z } from 'zod';
import { backoffMs } from './backoff.ts';
import { RejectMessage, RetryLater } from './errors.ts';
import { createMessageParser } from './handlers.ts';
import { outcomeOf } from './outcome.ts';
import { createTopology } from './topology.ts';

const queue = createTopology({ namePrefix: 't.' }).commandQueue('local');

test('names every queue after its main queue, under the prefix', () => {
  expect(queue).toMatchObject({
    name: 't.commands.local',
    exchange: 't.commands',
    deadLetterQueue: 't.commands.local.dead',
  });
  expect(queue.retries.map((retry) => retry.name)).toContain('t.commands.local.retry.5000ms');
});

test('retries a failure after longer and longer delays, then gives it up', () => {
  const error = new Error('engine is away');
  expect(outcomeOf(error, 0, queue)).toMatchObject({ kind: 'retry', queue: queue.retries[0]?.name });
  expect(outcomeOf(new RetryLater('wait'), 2, queue)).toMatchObject({ kind: 'retry', queue: queue.retries[2]?.name });
  expect(outcomeOf(error, 3, queue)).toMatchObject({
    kind: 'dead',
    code: 'retries_exhausted',
    queue: queue.deadLetterQueue,
  });
});

test('gives up at once what a handler rejects', () => {
  expect(outcomeOf(new RejectMessage('cluster_unknown', 'no'), 0, queue)).toMatchObject({
    kind: 'dead',
    code: 'cluster_unknown',
  });
});

const parse = createMessageParser({
  catalog: { 'ship.sail': z.object({ port: z.string().max(5) }) },
  handlers: { 'ship.sail': async (payload) => payload.port },
  key: (payload) => payload.port,
});

test('parses a message before its handler sees it', async () => {
  const parsed = parse('ship.sail', Buffer.from('{"port":"Lagos","secret":1}'));
  expect(parsed.key).toBe('Lagos');
  expect(await parsed.run({ messageId: 'm', attempt: 1, redelivered: false })).toBe('Lagos');
});

test.each([
  ['ship.sail', '{"port":', 'malformed_json'],
  ['ship.sail', '{"port":"hunter2"}', 'invalid_payload'],
  ['ship.sink', '{}', 'unknown_message'],
  ['constructor', '{}', 'unknown_message'],
  [undefined, '{}', 'unknown_message'],
])('refuses %s %s as %s without quoting it', (name, content, code) => {
  expect(() => parse(name, Buffer.from(content))).toThrow(
    expect.objectContaining({ code, message: expect.not.stringContaining('hunter2') }),
  );
});

test('waits longer after each failed connection, two seconds at most', () => {
  for (const attempt of [0, 1, 5, 40, 2_000]) {
    expect(backoffMs(attempt)).toBeGreaterThanOrEqual(50);
    expect(backoffMs(attempt)).toBeLessThanOrEqual(2_000);
  }
  expect(backoffMs(10)).toBeGreaterThan(backoffMs(0));
});
