import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InstanceView, metricsStreamKey, type ServerEventPayload } from '@zarpa/contracts';
import { freePort, startRedis, type TestServer, waitFor } from '@zarpa/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Customer } from '../testing/customer.ts';
import { LogWriter, numberOf } from '../testing/log-writer.ts';
import { envelope, observed } from '../testing/reports.ts';
import { startTestApi, type TestApi } from '../testing/test-api.ts';

let directory: string;
let server: TestServer;
let api: TestApi;
let customer: Customer;
let instance: InstanceView;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zarpa-api-redis-'));
  server = await startRedis({ directory, port: await freePort() });
  api = await startTestApi({ REDIS_URL: server.url });
  await api.sandbox.commit('ana/bot', { 'package.json': '{}' });
  customer = await Customer.arrive(api);
  instance = await customer.create({ repository: 'ana/bot' });
});
afterAll(async () => {
  customer.leave();
  await api.stop();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

test('logs, samples and rooms go on after Redis was killed; meanwhile everything else works', async () => {
  const socket = await customer.socket();
  const seen: number[] = [];
  const samples: number[] = [];
  const states: string[] = [];
  socket.on('logs.lines', ({ lines }: ServerEventPayload<'logs.lines'>) => seen.push(...lines.map(numberOf)));
  socket.on('metrics.sample', ({ sample }: ServerEventPayload<'metrics.sample'>) => samples.push(sample.at));
  socket.on('instance.changed', ({ instance: { state } }: ServerEventPayload<'instance.changed'>) =>
    states.push(state),
  );
  const { instanceId } = instance;
  await customer.ask(socket, 'logs.watch', { stream: { kind: 'run', instanceId } });
  await customer.ask(socket, 'metrics.watch', { instanceId });
  const writer = LogWriter.of(api.redis, api.env.REDIS_KEY_PREFIX ?? '', instanceId);
  await writer.write(3);
  await waitFor(() => seen.length === 3, { describe: 'lines before' });

  await server.kill9();
  expect((await customer.call('GET', `/v1/instances/${instanceId}`)).status).toBe(200);
  expect((await customer.call('POST', `/v1/instances/${instanceId}/restart`)).status).toBe(200);
  expect(await (await fetch(`${api.url}/health/ready`)).json()).toEqual({ status: 'failing', failing: ['redis'] });
  await server.restart();

  await writer.write(3);
  await waitFor(() => seen.length === 6, { describe: 'lines after' });
  expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
  const sample = { cpuMillis: 1, memoryBytes: 1, memoryLimitBytes: 1, restarts: 0, uptimeMs: 1, at: Date.now() };
  const key = metricsStreamKey(api.env.REDIS_KEY_PREFIX ?? '', instanceId);
  await api.redis.xadd(key, `${sample.at}-0`, 's', JSON.stringify(sample));
  await waitFor(() => samples.length === 1, { describe: 'a sample' });
  await api.events.publish('instance.observed', { ...envelope, observed: observed(instance, { generation: 2 }) });
  await waitFor(() => states.includes('running'), { describe: 'a change' });
  await waitFor(async () => (await fetch(`${api.url}/health/ready`)).ok, { describe: 'readiness' });
});

test('a change made at one API process is seen by pages of another', async () => {
  const other = await api.another();
  const socket = await customer.socket(`http://127.0.0.1:${other.port}`);
  const names: string[] = [];
  socket.on('instance.changed', ({ instance: { name } }: ServerEventPayload<'instance.changed'>) => names.push(name));
  await waitFor(
    async () => {
      await customer.call('PATCH', `/v1/instances/${instance.instanceId}`, { name: 'Renamed' });
      return names.includes('Renamed');
    },
    { describe: 'the new name' },
  );
});
