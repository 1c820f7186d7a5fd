import type { MetricSample } from '@zarpa/api-client';
import { expect, test } from 'vitest';
import { withGaps } from './with-gaps.ts';

const sample = (at: number): MetricSample => ({
  at,
  cpuMillis: 1,
  memoryBytes: 2,
  memoryLimitBytes: 3,
  restarts: 0,
  uptimeMs: 4,
});

test('samples at their step are drawn as one line', () => {
  expect(withGaps([sample(0), sample(15), sample(31)], 15).every((point) => point.sample !== null)).toBe(true);
});

test('a time without samples is a gap', () => {
  const points = withGaps([sample(0), sample(100)], 15);
  expect(points.map((point) => [point.at, point.sample === null])).toEqual([
    [0, false],
    [15, true],
    [100, false],
  ]);
});
