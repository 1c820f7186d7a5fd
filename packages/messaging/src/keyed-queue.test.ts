import { expect, test } from 'vitest';
import { KeyedQueue } from './keyed-queue.ts';

test('tasks of one key run one after another, those of other keys meanwhile', async () => {
  const queue = new KeyedQueue();
  const events: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = queue.run('a', async () => {
    events.push('a1 starts');
    await gate.promise;
    events.push('a1 ends');
  });
  const second = queue.run('a', async () => void events.push('a2'));
  await queue.run('b', async () => void events.push('b'));
  await queue.run(undefined, async () => void events.push('no key'));
  gate.resolve();
  await Promise.all([first, second]);
  expect(events).toEqual(['a1 starts', 'b', 'no key', 'a1 ends', 'a2']);
});

test('a failed task rejects for its caller alone', async () => {
  const queue = new KeyedQueue();
  const failing = queue.run('a', () => Promise.reject(new Error('no')));
  const next = queue.run('a', async () => undefined);
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBeUndefined();
});
