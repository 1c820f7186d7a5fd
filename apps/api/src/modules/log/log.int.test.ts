import { gzipSync } from 'node:zlib';
import {
  buildLogStreamKey,
  type InstanceView,
  type LogLine,
  type LogPage,
  type ServerEventPayload,
  toStreamFields,
} from '@zarpa/contracts';
import { waitFor } from '@zarpa/testing';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Customer } from '../../testing/customer.ts';
import { idOf, LogWriter, numberOf } from '../../testing/log-writer.ts';
import { envelope } from '../../testing/reports.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

let api: TestApi;
let customer: Customer;
let instance: InstanceView;
let writer: LogWriter;

beforeAll(async () => {
  api = await startTestApi();
  await api.sandbox.commit('ana/bot', { 'package.json': '{}' });
  customer = await Customer.arrive(api);
});
afterAll(async () => {
  customer.leave();
  await api.stop();
});
beforeEach(async () => {
  instance = await customer.create({ repository: 'ana/bot' });
  writer = LogWriter.of(api.redis, api.env.REDIS_KEY_PREFIX ?? '', instance.instanceId);
});

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const stream = () => ({ kind: 'run', instanceId: instance.instanceId }) as const;
const path = () => `/v1/instances/${instance.instanceId}/logs`;

/** What one browser sees of a log. */
function collect(socket: Socket) {
  const seen = { lines: [] as LogLine[], resets: 0 };
  socket.on('logs.lines', (event: ServerEventPayload<'logs.lines'>) => {
    seen.lines.push(...event.lines);
    if (event.reset) seen.resets++;
  });
  return seen;
}

test('a page sees the newest lines first and then every line that comes, in order', async () => {
  await writer.write(20);
  const socket = await customer.socket();
  const seen = collect(socket);
  expect(await customer.ask(socket, 'logs.watch', { stream: stream(), tail: 5 })).toEqual({ ok: true });
  await writer.write(10);
  await waitFor(() => seen.lines.length >= 15, { describe: 'the lines' });
  expect(seen.lines.map(numberOf)).toEqual(range(16, 30));
});

test('pages that open, leave and come back while lines are being written miss none and see none twice', async () => {
  let writing = true;
  const written = (async () => {
    while (writing) await writer.write(7);
  })();
  const visit = async (): Promise<number[]> => {
    const all: LogLine[] = [];
    for (let visits = 0; visits < 6; visits++) {
      const socket = await customer.socket();
      const seen = collect(socket);
      const after = all.at(-1)?.id ?? null;
      await customer.ask(socket, 'logs.watch', { stream: stream(), after, tail: 100 });
      await waitFor(() => seen.lines.length > 60, { describe: 'some lines' });
      socket.disconnect();
      all.push(...seen.lines);
    }
    return all.map(numberOf);
  };
  const visits = await Promise.all([visit(), visit(), visit(), visit()]);
  writing = false;
  await written;
  for (const numbers of visits) expect(numbers).toEqual(range(numbers[0] ?? 0, numbers.at(-1) ?? 0));
});

test('a page that comes back after its lines were trimmed away is told of the gap', async () => {
  await writer.write(50, { maxLength: 10 });
  const socket = await customer.socket();
  const seen = collect(socket);
  await customer.ask(socket, 'logs.watch', { stream: stream(), after: idOf(20), tail: 500 });
  await waitFor(() => seen.lines.length >= 10, { describe: 'the tail' });
  expect(seen.resets).toBe(1);
  expect(seen.lines.map(numberOf)).toEqual(range(41, 50));
});

test('a log that is filled again with the same lines is shown once', async () => {
  await writer.write(10);
  const socket = await customer.socket();
  const seen = collect(socket);
  await customer.ask(socket, 'logs.watch', { stream: stream() });
  await api.redis.del(`${api.env.REDIS_KEY_PREFIX}logs:${instance.instanceId}`);
  await writer.write(10, { from: 1 });
  await writer.write(5);
  await waitFor(() => seen.lines.length >= 15, { describe: 'the new lines' });
  expect(seen.lines.map(numberOf)).toEqual(range(1, 15));
});

test('a page that does not watch any more gets no more lines', async () => {
  const socket = await customer.socket();
  const seen = collect(socket);
  await customer.ask(socket, 'logs.watch', { stream: stream() });
  await writer.write(1);
  await waitFor(() => seen.lines.length === 1, { describe: 'a line' });
  await customer.ask(socket, 'logs.unwatch', { stream: stream() });
  await writer.write(1);
  await customer.ask(socket, 'logs.watch', { stream: stream(), after: idOf(2) });
  await writer.write(1);
  await waitFor(() => seen.lines.length === 2, { describe: 'the third line' });
  expect(seen.lines.map(numberOf)).toEqual([1, 3]);
});

test('a page that leaves before its watch has begun gets no lines', async () => {
  const socket = await customer.socket();
  const seen = collect(socket);
  const watching = customer.ask(socket, 'logs.watch', { stream: stream() });
  const leaving = customer.ask(socket, 'logs.unwatch', { stream: stream() });
  await Promise.all([watching, leaving]);
  const other = await customer.socket();
  const seenByOther = collect(other);
  await customer.ask(other, 'logs.watch', { stream: stream() });
  await writer.write(5);
  await waitFor(() => seenByOther.lines.length === 5, { describe: 'another page has the lines' });
  expect(seen.lines).toEqual([]);
});

test('pages of the kept log go backwards without end or overlap', async () => {
  await writer.write(25);
  const numbers: number[] = [];
  let query = '?limit=10';
  for (let before: string | null = ''; before !== null; ) {
    const page: LogPage = await customer.get<LogPage>(`${path()}${query}`);
    numbers.unshift(...page.lines.map(numberOf));
    before = page.before;
    query = `?limit=10&before=${before}`;
  }
  expect(numbers).toEqual(range(1, 25));
});

test('the kept log can be searched, entered at a time, and downloaded', async () => {
  await writer.write(120);
  const found = await customer.get<LogPage>(`${path()}?search=LINE%2011`);
  expect(found.lines.map(numberOf)).toEqual([11, ...range(110, 119)]);
  const from = new Date(1_700_000_000_000 + 100).toISOString();
  const jumped = await customer.get<LogPage>(`${path()}?limit=3&from=${from}`);
  expect(jumped.lines.map(numberOf)).toEqual([100, 101, 102]);
  expect(jumped.before).toBe(idOf(100));
  const file = await customer.call<string>('GET', `${path()}/download`);
  expect(file.headers.get('content-disposition')).toContain('attachment');
  expect(file.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(file.body.trimEnd().split('\n')).toHaveLength(120);
});

test('a build’s log is followed while it runs and read from the database afterwards', async () => {
  const deploymentId = instance.latestDeployment?.deploymentId ?? '';
  const build = { kind: 'build', instanceId: instance.instanceId, deploymentId } as const;
  const line = { at: 1, kind: 'line', text: 'npm ci', data: null } as const;
  const key = buildLogStreamKey(api.env.REDIS_KEY_PREFIX ?? '', deploymentId);
  const socket = await customer.socket();
  const seen = collect(socket);
  await customer.ask(socket, 'logs.watch', { stream: build });
  await api.redis.xadd(key, '1-1', ...toStreamFields(line));
  await waitFor(() => seen.lines.length === 1, { describe: 'the line' });
  const gzippedJsonLines = gzipSync(JSON.stringify({ ...line, id: '1-1' })).toString('base64');
  const { instanceId } = instance;
  const logged = { ...envelope, instanceId, gzippedJsonLines, lineCount: 1, truncated: false };
  await api.events.publish('deployment.logged', { ...logged, deploymentId: build.deploymentId as never });
  await waitFor(async () => (await api.database.query('SELECT 1 FROM deployment_log')).rowCount, {
    describe: 'the log is kept',
  });
  await api.redis.del(key);
  const later = collect(await customer.socket());
  const other = await customer.socket();
  const otherSeen = collect(other);
  await customer.ask(other, 'logs.watch', { stream: build });
  await waitFor(() => otherSeen.lines.length === 1, { describe: 'the kept line' });
  expect(otherSeen.lines[0]?.text).toBe('npm ci');
  expect(later.lines).toEqual([]);
});
