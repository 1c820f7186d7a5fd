import { z } from 'zod';
import { EpochMs } from './primitives.ts';

/** Taken every 15 s. CPU in thousandths of a core over the last interval, memory in bytes. */
export const MetricSample = z
  .object({
    at: EpochMs,
    cpuMillis: z.number().nonnegative(),
    memoryBytes: z.int().nonnegative(),
    memoryLimitBytes: z.int().nonnegative(),
    restarts: z.int().nonnegative(),
    uptimeMs: z.int().nonnegative(),
  })
  .meta({ id: 'MetricSample' });
export type MetricSample = z.infer<typeof MetricSample>;

/** Five minutes in one row; `samples` says how many samples it is made of. */
export const MetricAverage = z.object({
  cpuMillis: z.number().nonnegative(),
  memoryBytes: z.int().nonnegative(),
  memoryPeakBytes: z.int().nonnegative(),
  restarts: z.int().nonnegative(),
  samples: z.int().positive(),
});
export type MetricAverage = z.infer<typeof MetricAverage>;

export const sampleIntervalMs = 15_000;
export const rollupIntervalMs = 300_000;

/** Redis stream of an instance's samples of the last hour: one entry a sample, field `s` = JSON of `MetricSample`, id = `<at>-0`. */
export const metricsStreamKey = (prefix: string, instanceId: string): string => `${prefix}metrics:${instanceId}`;
export const metricsStreamMaxLength = 240;
