/** Latency of a log line, write to the file -> XREAD, over 20 bots. Usage: node bench/log-latency.ts [lines per second] [seconds] */
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type InstanceId, newId, runLogStreamKey } from '@zarpa/contracts';
import { Secret } from '@zarpa/env';
import { createLogger } from '@zarpa/observability';
import { LogFile } from '../src/engines/local/log/log-file.ts';
import { LogReader } from '../src/engines/local/log/log-reader.ts';
import { createLogPipeline } from '../src/logs/log-pipeline.ts';
import { connectRedis } from '../src/redis/redis-link.ts';

const bots = 20;
const linesPerSecond = Number(process.argv[2] ?? 1_000);
const seconds = Number(process.argv[3] ?? 10);
const keyPrefix = `zarpa-bench:${process.pid}:`;
const url = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';
const secrets = new Secret(Array.from({ length: 10 }, (_, index) => `a-dummy-value-to-look-for-${index}`));

/** Writes and reads outside of the thread that is measured, as bots and the API do. */
const otherSide = `
const { parentPort, workerData } = require('node:worker_threads');
const { appendFile } = require('node:fs/promises');
const { Redis } = require('ioredis');
const { url, keys, paths, linesPerSecond, seconds } = workerData;
const latencies = [];
const last = new Map(keys.map((key) => [key, '0-0']));
let reading = true;
const read = async () => {
  const redis = new Redis(url);
  while (reading) {
    const reply = await redis.xread('BLOCK', 200, 'STREAMS', ...keys, ...keys.map((key) => last.get(key)));
    const now = performance.timeOrigin + performance.now();
    for (const [key, entries] of reply ?? []) {
      for (const [id, fields] of entries) {
        last.set(key, id);
        latencies.push(now - Number(fields[fields.indexOf('m') + 1].split(' ')[0]));
      }
    }
  }
  redis.disconnect();
};
const write = async () => {
  const begun = performance.now();
  const total = linesPerSecond * seconds;
  for (let written = 0; written < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1000) * linesPerSecond));
    while (written < due) {
      const path = paths[written++ % paths.length];
      await appendFile(path, (performance.timeOrigin + performance.now()) + ' ' + 'x'.repeat(100) + '\\n');
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
};
const reader = read();
write().then(() => new Promise((resolve) => setTimeout(resolve, 1500))).then(() => {
  reading = false;
  return reader;
}).then(() => parentPort.postMessage(latencies));
`;

const directory = await mkdtemp(join(tmpdir(), 'zarpa-bench-'));
const logger = createLogger({ app: 'bench', level: 'warn' });
const link = connectRedis({ url, logger });
await link.ready();
const instances = Array.from({ length: bots }, () => newId('instance'));
const logs = new Map<InstanceId, LogFile>();
for (const id of instances) {
  const log = new LogFile({ path: join(directory, id), epoch: Date.now(), nonce: 'nonce' });
  await appendFile(log.path, '');
  logs.set(id, log);
}
const sourceOf = (id: InstanceId) => new LogReader(logs.get(id) ?? new LogFile({ path: '', epoch: 0, nonce: '' }));
const pipeline = createLogPipeline({
  link,
  keyPrefix,
  logger,
  engine: { runLog: sourceOf, buildLog: sourceOf },
  publishQr: async () => undefined,
});
for (const instanceId of instances) pipeline.activate({ kind: 'run', instanceId }, secrets);
await delay(500);

const keys = instances.map((id) => runLogStreamKey(keyPrefix, id));
const paths = instances.map((id) => join(directory, id));
const cpuBefore = process.cpuUsage();
const worker = new Worker(otherSide, { eval: true, workerData: { url, keys, paths, linesPerSecond, seconds } });
const latencies = await new Promise<number[]>((resolve, reject) => worker.on('message', resolve).on('error', reject));
const { user, system } = process.cpuUsage(cpuBefore);
latencies.sort((left, right) => left - right);
const at = (part: number): string => (latencies[Math.floor(latencies.length * part)] ?? Number.NaN).toFixed(2);
process.stdout.write(
  `${latencies.length} of ${linesPerSecond * seconds} lines, ${bots} bots: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, p99.9 ${at(0.999)} ms; ` +
    `CPU with writer and reader ${((user + system) / 10_000 / (seconds + 1.5)).toFixed(0)} %\n`,
);
await pipeline.close();
await link.redis.unlink(...keys);
await link.close();
await rm(directory, { recursive: true, force: true });
