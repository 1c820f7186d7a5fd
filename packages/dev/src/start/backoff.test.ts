import { expect, test } from 'vitest';
import { nextBackoff } from './backoff.ts';

test('waits twice as long after each quick death, up to half a minute', () => {
  const delays: number[] = [];
  let delay: number | undefined;
  for (let death = 0; death < 9; death += 1) {
    delay = nextBackoff(delay, 100);
    delays.push(delay);
  }
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test('begins anew once an app ran for a minute', () => {
  expect(nextBackoff(30_000, 60_000)).toBe(500);
});
