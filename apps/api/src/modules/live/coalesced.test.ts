import { expect, test } from 'vitest';
import { Coalesced } from './coalesced.ts';

test('answers many calls during a run by one more run, and the last state is always seen', async () => {
  let state = 0;
  const seen: number[] = [];
  const gate = Promise.withResolvers<void>();
  const told = new Coalesced<string>(
    async () => {
      const now = state;
      if (seen.length === 0) await gate.promise;
      seen.push(now);
    },
    () => undefined,
  );
  for (state = 1; state <= 5; state++) told.run('a');
  state = 5;
  gate.resolve();
  await expect.poll(() => seen).toEqual([1, 5]);
});

test('goes on after a failure', async () => {
  const failures: unknown[] = [];
  let runs = 0;
  const told = new Coalesced<string>(
    async () => {
      runs++;
      throw new Error('no');
    },
    (error) => failures.push(error),
  );
  told.run('a');
  await expect.poll(() => failures.length).toBe(1);
  told.run('a');
  await expect.poll(() => runs).toBe(2);
});
