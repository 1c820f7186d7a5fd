import { type InstanceId, type MetricAverage, type MetricSample, rollupIntervalMs } from '@zarpa/contracts';

/** Five-minute averages, made of samples that may come twice. */
export interface RollUp {
  add(instanceId: InstanceId, sample: MetricSample): void;
  /** Buckets that no later sample can belong to, oldest first. */
  closed(now: number): Bucket[];
  forget(bucketStart: number): void;
}

export interface Bucket {
  readonly bucketStart: number;
  readonly instances: { instanceId: InstanceId; average: MetricAverage }[];
}

/** Start of the five minutes that a time belongs to. */
export const bucketStartOf = (at: number): number => Math.floor(at / rollupIntervalMs) * rollupIntervalMs;

export function createRollUp(): RollUp {
  const buckets = new Map<number, Map<InstanceId, Map<number, MetricSample>>>();
  return {
    add(instanceId, sample) {
      const start = bucketStartOf(sample.at);
      const bucket = buckets.get(start) ?? new Map<InstanceId, Map<number, MetricSample>>();
      const samples = bucket.get(instanceId) ?? new Map<number, MetricSample>();
      buckets.set(start, bucket.set(instanceId, samples.set(sample.at, sample)));
    },
    closed: (now) =>
      [...buckets]
        .filter(([bucketStart]) => bucketStart + rollupIntervalMs <= now)
        .sort(([left], [right]) => left - right)
        .map(([bucketStart, bucket]) => ({
          bucketStart,
          instances: [...bucket].map(([instanceId, samples]) => ({
            instanceId,
            average: average([...samples.values()]),
          })),
        })),
    forget: (bucketStart) => void buckets.delete(bucketStart),
  };
}

function average(samples: readonly MetricSample[]): MetricAverage {
  const mean = (of: (sample: MetricSample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  return {
    cpuMillis: Math.round(mean((sample) => sample.cpuMillis) * 10) / 10,
    memoryBytes: Math.round(mean((sample) => sample.memoryBytes)),
    memoryPeakBytes: Math.max(...samples.map((sample) => sample.memoryBytes)),
    restarts: Math.max(...samples.map((sample) => sample.restarts)),
    samples: samples.length,
  };
}
