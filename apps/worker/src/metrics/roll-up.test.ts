import { type MetricSample, newId } from '@zarpa/contracts';
import { expect, test } from 'vitest';
import { createRollUp } from './roll-up.ts';

const instanceId = newId('instance');
const fiveMinutes = 300_000;
const start = 1_000 * fiveMinutes;

const sample = (at: number, values: Partial<MetricSample> = {}): MetricSample => ({
  at,
  cpuMillis: 10,
  memoryBytes: 1_000,
  memoryLimitBytes: 10_000,
  restarts: 0,
  uptimeMs: 1,
  ...values,
});

test('averages the samples of five minutes, each once', () => {
  const rollUp = createRollUp();
  rollUp.add(instanceId, sample(start, { cpuMillis: 10, memoryBytes: 100 }));
  rollUp.add(instanceId, sample(start + 15_000, { cpuMillis: 20, memoryBytes: 301, restarts: 2 }));
  rollUp.add(instanceId, sample(start + 15_000, { cpuMillis: 20, memoryBytes: 301, restarts: 2 }));
  rollUp.add(instanceId, sample(start + fiveMinutes));
  expect(rollUp.closed(start + fiveMinutes)).toEqual([
    {
      bucketStart: start,
      instances: [
        { instanceId, average: { cpuMillis: 15, memoryBytes: 201, memoryPeakBytes: 301, restarts: 2, samples: 2 } },
      ],
    },
  ]);
});

test('does not close five minutes before they are over', () => {
  const rollUp = createRollUp();
  rollUp.add(instanceId, sample(start));
  expect(rollUp.closed(start + fiveMinutes - 1)).toEqual([]);
});

test('gives closed ones oldest first until they are forgotten', () => {
  const rollUp = createRollUp();
  rollUp.add(instanceId, sample(start + fiveMinutes));
  rollUp.add(instanceId, sample(start));
  const starts = () => rollUp.closed(start + 10 * fiveMinutes).map(({ bucketStart }) => bucketStart);
  expect(starts()).toEqual([start, start + fiveMinutes]);
  rollUp.forget(start);
  expect(starts()).toEqual([start + fiveMinutes]);
});
