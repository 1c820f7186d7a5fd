import {
  type InstanceId,
  type MetricSample,
  MetricsRolledUp,
  metricsStreamKey,
  newId,
  rollupIntervalMs,
} from '@zarpa/contracts';
import { createLogger } from '@zarpa/observability';
import { createTestRedis } from '@zarpa/testing';
import { afterAll, afterEach, expect, test } from 'vitest';
import { connectRedis, type RedisLink } from '../redis/redis-link.ts';
import { createMetricsLoop, type RolledUp } from './metrics-loop.ts';

const logger = createLogger({ app: 'test', level: 'silent' });
const testRedis = createTestRedis();
const links: RedisLink[] = [];
const start = 5_000_000 * rollupIntervalMs;
const quarter = 15_000;

afterEach(async () => {
  for (const link of links.splice(0)) await link.close();
});
afterAll(() => testRedis.drop());

const sampleAt = (at: number, cpuMillis: number): MetricSample => ({
  at,
  cpuMillis,
  memoryBytes: cpuMillis * 1_000,
  memoryLimitBytes: 256_000_000,
  restarts: 1,
  uptimeMs: at - start,
});

async function startLoop(instanceId: InstanceId, options: { running: boolean; failing?: () => boolean }) {
  const link = connectRedis({ url: testRedis.url, logger });
  links.push(link);
  await link.ready();
  const published: RolledUp[] = [];
  let now = 0;
  const loop = createMetricsLoop({
    link,
    keyPrefix: testRedis.keyPrefix,
    logger,
    engine: {
      sample: async () => new Map(options.running ? [[instanceId, sampleAt(now, (now - start) / quarter)]] : []),
      inventory: async () => [{ observed: { instanceId } }],
    },
    publishRollUp: async (rolledUp) => {
      if (options.failing?.()) throw new Error('no broker');
      published.push(rolledUp);
    },
  });
  const tick = async (at: number) => {
    now = at;
    await loop.tick(at);
  };
  return { published, tick, link };
}

test('keeps every sample in the stream with its time as id', async () => {
  const instanceId = newId('instance');
  const { tick, link } = await startLoop(instanceId, { running: true });
  for (let index = 0; index < 3; index++) await tick(start + index * quarter);
  const key = metricsStreamKey(testRedis.keyPrefix, instanceId);
  const entries = await link.redis.xrange(key, '-', '+');
  expect(entries.map(([id]) => id)).toEqual([0, 1, 2].map((index) => `${start + index * quarter}-0`));
  expect(JSON.parse(entries[2]?.[1][1] ?? '')).toEqual(sampleAt(start + 2 * quarter, 2));
  expect(await link.redis.ttl(key)).toBeGreaterThan(3_600);
});

test('publishes five minutes when they are over, also the part that a worker before it sampled', async () => {
  const instanceId = newId('instance');
  const first = await startLoop(instanceId, { running: true });
  for (let index = 0; index < 10; index++) await first.tick(start + index * quarter);
  const second = await startLoop(instanceId, { running: true });
  for (let index = 10; index <= 20; index++) await second.tick(start + index * quarter);
  expect(first.published).toEqual([]);
  expect(
    second.published.map((one) => MetricsRolledUp.pick({ bucketStart: true, instances: true }).parse(one)),
  ).toEqual([
    {
      bucketStart: start,
      instances: [
        {
          instanceId,
          average: { cpuMillis: 9.5, memoryBytes: 9_500, memoryPeakBytes: 19_000, restarts: 1, samples: 20 },
        },
      ],
    },
  ]);
});

test('publishes what a bot left that no longer runs, and tries again where publishing failed', async () => {
  const instanceId = newId('instance');
  const first = await startLoop(instanceId, { running: true });
  await first.tick(start);
  let failing = true;
  const second = await startLoop(instanceId, { running: false, failing: () => failing });
  await second.tick(start + rollupIntervalMs);
  expect(second.published).toEqual([]);
  failing = false;
  await second.tick(start + rollupIntervalMs + quarter);
  await second.tick(start + rollupIntervalMs + 2 * quarter);
  expect(second.published.map(({ instances }) => instances[0]?.average.samples)).toEqual([1]);
});
