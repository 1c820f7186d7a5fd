import { appendFile, cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromStreamEntry, type InstanceId, type LogLine, type LogStream, logStreamKey, newId } from '@zarpa/contracts';
import { Secret } from '@zarpa/env';
import { createLogger } from '@zarpa/observability';
import { freePort, startRedis, type TestServer, waitFor } from '@zarpa/testing';
import { Redis } from 'ioredis';
import terminal from 'qrcode-terminal';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile } from '../engines/local/log/log-file.ts';
import { LogReader } from '../engines/local/log/log-reader.ts';
import { connectRedis, type RedisLink } from '../redis/redis-link.ts';
import { createLogPipeline, type LogPipeline } from './log-pipeline.ts';
import type { QrSighting } from './qr/qr-watch.ts';

const logger = createLogger({ app: 'test', level: process.env.TEST_LOG_LEVEL ?? 'silent' });
const keyPrefix = 'zarpa:';
const noSecrets = new Secret<readonly string[]>([]);

/** One Redis of its own and logs in files, as the engine keeps them. */
let directory: string;
let server: TestServer;
let watcher: Redis;
let logs: Map<string, LogFile>;
let published: QrSighting[];
let closing: (() => Promise<void>)[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zarpa-logs-'));
  server = await startRedis({ directory, port: await freePort() });
  watcher = new Redis(server.url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  watcher.on('error', () => undefined);
  logs = new Map();
  published = [];
  closing = [];
});

afterEach(async () => {
  for (const close of closing.reverse()) await close();
  watcher.disconnect();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

async function openLog(id: string): Promise<LogFile> {
  const log = new LogFile({ path: join(directory, `${id}.log`), epoch: 1_000, nonce: 'nonce' });
  await log.load();
  logs.set(id, log);
  return log;
}

function startPipeline(): { pipeline: LogPipeline; link: RedisLink; stop: () => Promise<void> } {
  const link = connectRedis({ url: server.url, logger });
  const sourceOf = (id: string) =>
    new LogReader(logs.get(id) ?? new LogFile({ path: join(directory, id), epoch: 1, nonce: '' }));
  const pipeline = createLogPipeline({
    link,
    keyPrefix,
    logger,
    engine: { runLog: sourceOf, buildLog: (_, deploymentId) => sourceOf(deploymentId) },
    publishQr: async (sighting) => void published.push(sighting),
  });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= pipeline.close().then(() => link.close());
    return stopped;
  };
  closing.push(stop);
  return { pipeline, link, stop };
}

const run = (instanceId: InstanceId): LogStream => ({ kind: 'run', instanceId });
const write = (log: LogFile, text: string): Promise<void> => appendFile(log.path, text);

async function readStream(stream: LogStream, after = '-'): Promise<LogLine[]> {
  const entries = await watcher.xrange(logStreamKey(keyPrefix, stream), after, '+');
  return entries.flatMap(([id, fields]) => fromStreamEntry(id, fields) ?? []);
}

/** Waits until the stream ends with this text. */
const streamWith = (stream: LogStream, text: string): Promise<LogLine[]> =>
  waitFor(
    async () => {
      const lines = await readStream(stream);
      return lines.at(-1)?.text === text ? lines : undefined;
    },
    { describe: `a stream that ends with ${text}`, timeoutMs: 20_000 },
  );

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `line ${from + index}`);
const block = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** A reader that keeps its last id through everything, as a browser does. */
function startReader(stream: LogStream) {
  const reader = new Redis(server.url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  reader.on('error', () => undefined);
  const seen: LogLine[] = [];
  let reading = true;
  const loop = (async () => {
    while (reading) {
      const last = seen.at(-1)?.id ?? '0-0';
      const reply = await reader
        .xread('BLOCK', 100, 'STREAMS', logStreamKey(keyPrefix, stream), last)
        .catch(() => null);
      for (const [id, fields] of reply?.[0]?.[1] ?? []) seen.push(...[fromStreamEntry(id, fields) ?? []].flat());
    }
  })();
  closing.push(async () => {
    reading = false;
    await loop;
    reader.disconnect();
  });
  return seen;
}

test('a line has the id of its place in the log, and a second worker goes on where the first stopped', async () => {
  const instanceId = newId('instance');
  const log = await openLog(instanceId);
  await write(log, 'first\nsecond\n');
  const first = startPipeline();
  first.pipeline.activate(run(instanceId), noSecrets);
  const before = await streamWith(run(instanceId), 'second');
  expect(before.map(({ id }) => id)).toEqual(['1000-6', '1000-13']);
  await first.stop();
  await write(log, 'third\n');
  startPipeline().pipeline.activate(run(instanceId), noSecrets);
  const after = await streamWith(run(instanceId), 'third');
  expect(after.map(({ text }) => text)).toEqual(['first', 'second', 'third']);
  expect(after.slice(0, 2)).toEqual(before);
});

test('PROMISE 5: no secret value is in the stream, cut by a limit or not, whichever worker wrote it', async () => {
  const instanceId = newId('instance');
  const log = await openLog(instanceId);
  const secret = 'dummy-value-that-nobody-may-see';
  const secrets = new Secret([secret]);
  const long = `${'x'.repeat(16_384 - 10)}${secret}${'y'.repeat(20_000)}`;
  const first = startPipeline();
  first.pipeline.activate(run(instanceId), secrets);
  await write(log, `${secret}\ntoken=${Buffer.from(secret).toString('base64')}\n${long}\n`);
  await waitFor(async () => (await readStream(run(instanceId))).length >= 3, { describe: 'parts of the long line' });
  await first.stop();
  await write(log, `${long}\nend\n`);
  startPipeline().pipeline.activate(run(instanceId), secrets);
  const lines = await streamWith(run(instanceId), 'end');
  const text = lines.map((line) => (line.kind === 'part' ? line.text : `${line.text}\n`)).join('');
  const masked = long.replace(secret, '••••••');
  expect(text).toBe(`••••••\ntoken=••••••\n${masked}\n${masked}\nend\n`);
});

const faults: Record<string, (whileAway: () => Promise<void>) => Promise<void>> = {
  emptied: async () => void (await watcher.flushall()),
  killed: async (whileAway) => {
    await server.kill9();
    await whileAway();
    await server.restart();
  },
  'killed and brought back in an older state': async (whileAway) => {
    const [data, older] = [join(directory, 'appendonlydir'), join(directory, 'older')];
    await cp(data, older, { recursive: true });
    await whileAway();
    await server.kill9();
    await rm(data, { recursive: true });
    await rename(older, data);
    await server.restart();
  },
  'killed and emptied': async (whileAway) => {
    await faults.killed?.(whileAway);
    await watcher.flushall();
  },
};

test.each(Object.entries(faults))(
  'a reader misses nothing and sees nothing twice while Redis is %s under a flow of lines',
  async (what, fault) => {
    const whileAway = what.startsWith('killed') && !what.endsWith('state') ? 1_000 : 80;
    const instanceId = newId('instance');
    const log = await openLog(instanceId);
    startPipeline().pipeline.activate(run(instanceId), noSecrets);
    const seen = startReader(run(instanceId));
    const expected: string[] = [];
    let written = Promise.resolve();
    const flow = async (count: number, blockSize: number) => {
      for (let rest = count; rest > 0; rest -= blockSize) {
        const lines = numbered(expected.length, expected.length + blockSize);
        expected.push(...lines);
        written = written.then(() => write(log, block(lines)));
        await written;
      }
    };
    for (let round = 0; round < 3; round++) {
      await flow(80, 4);
      await Promise.all([flow(80, 1), fault(() => flow(whileAway, 20))]);
      await waitFor(() => seen.length === expected.length, { describe: 'all lines at the reader', timeoutMs: 20_000 });
    }
    expect(seen.map(({ text }) => text)).toEqual(expected);
    expect(await readStream(run(instanceId))).toEqual(
      seen.map((line) => expect.objectContaining({ id: line.id, text: line.text })),
    );
  },
  60_000,
);

test('the stream of a silent bot is filled again after Redis lost it, with the very same ids', async () => {
  const instanceId = newId('instance');
  const log = await openLog(instanceId);
  startPipeline().pipeline.activate(run(instanceId), noSecrets);
  await write(log, block(numbered(0, 300)));
  const before = await streamWith(run(instanceId), 'line 299');
  await watcher.flushall();
  const after = await streamWith(run(instanceId), 'line 299');
  expect(after.map(({ id, text }) => [id, text])).toEqual(before.map(({ id, text }) => [id, text]));
});

test('a flood is cut to 500 lines a second with notices, and does not delay another bot', async () => {
  const [loud, quiet] = [newId('instance'), newId('instance')];
  const [loudLog, quietLog] = [await openLog(loud), await openLog(quiet)];
  const { pipeline } = startPipeline();
  for (const id of [loud, quiet]) pipeline.activate(run(id), noSecrets);
  await write(loudLog, 'ready\n');
  await streamWith(run(loud), 'ready');
  await write(quietLog, 'ready\n');
  await streamWith(run(quiet), 'ready');
  const flood = 100_000;
  for (let from = 0; from < flood; from += 10_000) await write(loudLog, block(numbered(from, from + 10_000)));
  await write(quietLog, 'still here\n');
  await streamWith(run(quiet), 'still here');
  const lines = await waitFor(
    async () => {
      const found = await readStream(run(loud));
      return accounted(found) === flood + 1 ? found : undefined;
    },
    { describe: 'every line kept or counted', timeoutMs: 20_000 },
  );
  expect(lines.filter(({ kind }) => kind === 'line').length).toBeLessThan(5_000);
  expect(lines.filter(({ kind }) => kind === 'dropped').length).toBeLessThanOrEqual(10);
});

const accounted = (lines: readonly LogLine[]): number =>
  lines.reduce((sum, line) => sum + (line.kind === 'dropped' ? Number(line.data?.count) : 1), 0);

test('a build log is followed to its end and expires; a removed run log is gone', async () => {
  const [instanceId, deploymentId] = [newId('instance'), newId('deployment')];
  const build: LogStream = { kind: 'build', instanceId, deploymentId };
  const [buildLog, runLog] = [await openLog(deploymentId), await openLog(instanceId)];
  const { pipeline } = startPipeline();
  pipeline.activate(build, noSecrets);
  pipeline.activate(run(instanceId), noSecrets);
  await write(runLog, 'running\n');
  await streamWith(run(instanceId), 'running');
  await write(buildLog, 'npm ci\ndone\n');
  buildLog.end();
  await pipeline.ended(build);
  expect((await readStream(build)).map(({ text }) => text)).toEqual(['npm ci', 'done']);
  expect(await watcher.ttl(logStreamKey(keyPrefix, build))).toBeGreaterThan(23 * 60 * 60);
  await pipeline.ended(run(instanceId));
  expect(await watcher.exists(logStreamKey(keyPrefix, run(instanceId)))).toBe(0);
});

test('the current QR code is known again after a restart of the worker and after Redis was emptied', async () => {
  const instanceId = newId('instance');
  const log = await openLog(instanceId);
  const first = startPipeline();
  first.pipeline.activate(run(instanceId), noSecrets);
  let printed = '';
  terminal.generate('the code of this bot', { small: true }, (text) => {
    printed = text;
  });
  const rows = printed.split('\n');
  await write(log, block(['starting', ...rows.slice(0, 6)]));
  await streamWith(run(instanceId), rows[5] ?? '');
  await first.stop();
  await write(log, block([...rows.slice(6), 'scan it']));
  startPipeline().pipeline.activate(run(instanceId), noSecrets);
  await waitFor(() => published.length === 1, { describe: 'the QR code' });
  expect(published[0]?.matrix).toHaveLength(25);
  await watcher.flushall();
  await streamWith(run(instanceId), 'scan it');
  await write(log, 'Client is ready!\n');
  await waitFor(() => published.length === 2, { describe: 'the QR code taken away' });
  expect(published[1]).toMatchObject({ instanceId, matrix: null });
});
