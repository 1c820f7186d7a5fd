import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

const takeAll = (times: readonly number[], perSecond = 500): number => {
  const limit = createRateLimit({ perSecond });
  return times.filter((at) => limit.take(at)).length;
};

test('keeps 500 lines a second for as long as it lasts', () => {
  expect(takeAll(Array.from({ length: 10_000 }, (_, index) => 1_000_000 + index * 2))).toBe(10_000);
});

test('keeps the first 500 of a burst', () => {
  expect(takeAll(Array.from({ length: 2_000 }, () => 1_000_000))).toBe(500);
});

test('keeps 500 together, then nothing for the rest of the second, so that a flood gives few notices', () => {
  const limit = createRateLimit({ perSecond: 500 });
  const kept = Array.from({ length: 10_000 }, (_, index) => limit.take(1_000_000 + Math.floor(index / 2)));
  const changes = kept.filter((one, index) => index > 0 && one !== kept[index - 1]).length;
  expect(changes).toBeLessThanOrEqual(12);
});

test('never keeps more than the limit allows for the time that passed', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 3_000 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 100 }), (steps, perSecond) => {
      let at = 1_000_000;
      const times = steps.map((step) => {
        at += step;
        return at;
      });
      const passed = (at - (times[0] ?? at)) / 1_000;
      expect(takeAll(times, perSecond)).toBeLessThanOrEqual(Math.ceil(perSecond * (1 + passed)));
    }),
  );
});
