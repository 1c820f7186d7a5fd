import { createLogger } from '@zarpa/observability';
import { waitFor } from '@zarpa/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { WorkQueue } from './work-queue.ts';

const logger = createLogger({ app: 'test', level: 'silent' });

afterEach(() => {
  vi.useRealTimers();
});

/** A queue whose passes end when told. */
function heldQueue(concurrency: number) {
  const begun: string[] = [];
  const held = new Map<string, PromiseWithResolvers<void>>();
  const queue = new WorkQueue<string>({
    concurrency,
    logger,
    random: () => 1,
    handle: (key) => {
      begun.push(key);
      const end = Promise.withResolvers<void>();
      held.set(key, end);
      return end.promise;
    },
  });
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return {
    queue,
    begun,
    settle,
    end: async (key: string) => {
      held.get(key)?.resolve();
      await settle();
    },
    fail: async (key: string) => {
      held.get(key)?.reject(new Error('a failure'));
      await settle();
    },
  };
}

test('a key has one pass at a time, and one more for all that was added meanwhile', async () => {
  const { queue, begun, settle, end } = heldQueue(4);
  queue.add('a');
  await settle();
  queue.add('a');
  queue.add('a');
  await settle();
  expect(begun).toEqual(['a']);
  await end('a');
  expect(begun).toEqual(['a', 'a']);
  await end('a');
  expect([begun.length, queue.size]).toEqual([2, 0]);
});

test('no more passes than allowed run at once, in the order of adding', async () => {
  const { queue, begun, settle, end } = heldQueue(2);
  for (const key of ['a', 'b', 'c', 'd']) queue.add(key);
  await settle();
  expect(begun).toEqual(['a', 'b']);
  await end('b');
  expect(begun).toEqual(['a', 'b', 'c']);
  await end('a');
  await end('c');
  await end('d');
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
});

test('a failed pass is tried again after 1, 2, 4 … seconds, at most 5 minutes, until one succeeds', async () => {
  vi.useFakeTimers();
  const { queue, begun, settle, end, fail } = heldQueue(1);
  queue.add('a');
  await settle();
  const delays: number[] = [];
  for (let failure = 0; failure < 11; failure++) {
    await fail('a');
    const before = Date.now();
    const passes = begun.length;
    while (begun.length === passes) await vi.advanceTimersByTimeAsync(500);
    delays.push((Date.now() - before) / 1_000);
  }
  expect(delays).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  await end('a');
  queue.add('a');
  await settle();
  await fail('a');
  const passes = begun.length;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(begun).toHaveLength(passes + 1);
});

test('what is added does not wait for a delay of a failure', async () => {
  vi.useFakeTimers();
  const { queue, begun, settle, fail } = heldQueue(1);
  queue.add('a');
  await settle();
  await fail('a');
  queue.add('a');
  await settle();
  expect(begun).toEqual(['a', 'a']);
});

test('of several delays the shortest holds', async () => {
  vi.useFakeTimers();
  const { queue, begun } = heldQueue(1);
  queue.addAfter('a', 5_000);
  queue.addAfter('a', 1_000);
  queue.addAfter('a', 9_000);
  await vi.advanceTimersByTimeAsync(999);
  expect(begun).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toEqual(['a']);
});

test('stop aborts what runs and begins nothing more', async () => {
  let aborted = false;
  const begun: string[] = [];
  const queue = new WorkQueue<string>({
    concurrency: 1,
    logger,
    handle: (key, signal) => {
      begun.push(key);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(signal.reason);
        });
      });
    },
  });
  queue.add('a');
  queue.add('b');
  await waitFor(() => begun.length === 1, { describe: 'the first pass' });
  await queue.stop();
  queue.add('c');
  expect([begun, aborted, queue.size]).toEqual([['a'], true, 0]);
});
