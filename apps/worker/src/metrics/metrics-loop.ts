import {
  type InstanceId,
  type MetricSample,
  type MetricsRolledUp,
  rollupIntervalMs,
  sampleIntervalMs,
} from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import type { RedisLink } from '../redis/redis-link.ts';
import { createStreamWriter } from '../redis/stream-writer.ts';
import { bucketStartOf, createRollUp } from './roll-up.ts';
import { createSampleStream } from './sample-stream.ts';

/** What `metrics.rolled_up` says, without its envelope. */
export type RolledUp = Omit<MetricsRolledUp, 'version' | 'workerId' | 'clusterId'>;

/** The part of an engine that samples come from. */
export interface MetricSource {
  sample(): Promise<ReadonlyMap<InstanceId, MetricSample>>;
  inventory(): Promise<readonly { readonly observed: { readonly instanceId: InstanceId } }[]>;
}

export interface MetricsLoop {
  start(): void;
  /** One round: sample, keep, and publish the five minutes that are over. Never throws. */
  tick(now: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Samples every 15 s into Redis and publishes five-minute averages. Those of a worker before this one are read again from Redis, so a
 * bucket that it left unfinished is published whole; one that it had published is published once more, the same.
 */
export function createMetricsLoop(options: {
  link: RedisLink;
  keyPrefix: string;
  engine: MetricSource;
  publishRollUp: (rolledUp: RolledUp) => Promise<void>;
  logger: Logger;
}): MetricsLoop {
  const { link, keyPrefix, engine, publishRollUp, logger } = options;
  const stream = createSampleStream({ link, writer: createStreamWriter(link), keyPrefix });
  const rollUp = createRollUp();
  let recovered = false;
  let publishing = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  const attempt = async (what: string, step: () => Promise<void>): Promise<boolean> => {
    try {
      await step();
      return true;
    } catch (error) {
      logger.warn({ err: error, step: what }, 'Failed to keep metrics');
      return false;
    }
  };
  const recover = async (now: number) => {
    const instances = await engine.inventory();
    const since = bucketStartOf(now) - rollupIntervalMs;
    const ids = new Set(instances.map(({ observed }) => observed.instanceId));
    for (const [id, sample] of await stream.read(ids, since)) rollUp.add(id, sample);
  };
  const sample = async () => {
    const samples = await engine.sample();
    for (const [id, one] of samples) rollUp.add(id, one);
    await stream.write(samples);
  };
  const publish = async (now: number) => {
    if (publishing) return;
    publishing = true;
    try {
      for (const bucket of rollUp.closed(now)) {
        await publishRollUp(bucket);
        rollUp.forget(bucket.bucketStart);
      }
    } finally {
      publishing = false;
    }
  };
  const tick = async (now: number) => {
    if (!recovered) recovered = await attempt('recover', () => recover(now));
    await attempt('sample', sample);
    if (recovered) await attempt('publish', () => publish(now));
  };

  return {
    tick,
    start() {
      timer = setInterval(() => {
        running = tick(Date.now());
      }, sampleIntervalMs);
      running = tick(Date.now());
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
