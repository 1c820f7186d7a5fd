import { gzipSync } from 'node:zlib';
import type { BuildLogView, DeploymentView, InstanceView, MetricSeries, ObservedInstance } from '@zarpa/contracts';
import { newId } from '@zarpa/contracts';
import { waitFor } from '@zarpa/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CommandTap } from '../../testing/command-tap.ts';
import { Customer } from '../../testing/customer.ts';
import { envelope, observed, progress } from '../../testing/reports.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

let api: TestApi;
let tap: CommandTap;
let customer: Customer;
let instance: InstanceView;

beforeAll(async () => {
  api = await startTestApi({ SAFETY_NET_INTERVAL: '200ms', RESEND_AFTER: '1s', RESTORE_WINDOW: '48h' });
  await api.sandbox.commit('ana/bot', { 'package.json': '{}', 'index.js': '' });
  tap = await CommandTap.open(api.env);
});
afterAll(async () => {
  customer.leave();
  await tap.close();
  await api.stop();
});
beforeEach(async () => {
  customer = await Customer.arrive(api);
  instance = await customer.create({ repository: 'ana/bot' });
});

const now = () => customer.get<InstanceView>(`/v1/instances/${instance.instanceId}`);
const deployment = async () => {
  const { latestDeployment } = await now();
  if (!latestDeployment) throw new Error('There is no deployment');
  return latestDeployment;
};

async function observe(changes: Partial<ObservedInstance>): Promise<void> {
  await api.events.publish('instance.observed', { ...envelope, observed: observed(instance, changes) });
}

/** Reports are taken in one after another, so once this one is seen all before it have been. */
async function observeAndWait(changes: Partial<ObservedInstance>): Promise<InstanceView> {
  const restarts = 1_000 + (changes.revision ?? 1);
  await observe({ ...changes, restarts });
  return waitFor(
    async () => {
      const view = await now();
      return view.restarts === restarts ? view : undefined;
    },
    { describe: 'the report is taken in' },
  );
}

test('a report that is older than the last one changes nothing, in whatever order they come', async () => {
  await observe({ revision: 7, state: 'running' });
  await observe({ revision: 6, state: 'starting' });
  await observe({ revision: 7, state: 'stopped' });
  await waitFor(async () => (await now()).state === 'running', { describe: 'the newest report' });
  expect(await observeAndWait({ revision: 8, state: 'backoff' })).toMatchObject({ state: 'backoff' });
});

test('a report of an older generation changes nothing, however new it claims to be', async () => {
  await customer.post(`/v1/instances/${instance.instanceId}/restart`);
  await observeAndWait({ revision: 2, generation: 2, state: 'running' });
  await observe({ revision: 9, generation: 1, state: 'paused' });
  expect(await observeAndWait({ revision: 3, generation: 2 })).toMatchObject({ state: 'running' });
});

test('a report from another cluster changes nothing', async () => {
  const elsewhere = observed(instance, { revision: 50, state: 'failed' });
  const clusterId = 'elsewhere' as ObservedInstance['clusterId'];
  await api.events.publish('instance.observed', { ...envelope, observed: { ...elsewhere, clusterId } });
  expect(await observeAndWait({ revision: 2, state: 'running' })).toMatchObject({ state: 'running' });
});

test('a deployment’s outcome never changes, but its last steps are still completed', async () => {
  const made = await deployment();
  const failed = { status: 'failed', reason: { code: 'build_failed', params: {} } } as const;
  const publish = (changes: object) =>
    api.events.publish('deployment.progressed', { ...envelope, progress: progress(made, changes) });
  await publish({ revision: 3 });
  await publish({ revision: 4, ...failed });
  const steps = [{ name: 'first_line', status: 'done', startedAt: 1, finishedAt: 2 }];
  await publish({ revision: 5, steps, reason: { code: 'crashed', params: {} } });
  const view = await waitFor(
    async () => {
      const latest = await deployment();
      return latest.steps[0]?.name === 'first_line' ? latest : undefined;
    },
    { describe: 'the last step' },
  );
  expect(view).toMatchObject({ status: 'succeeded', reason: null });
});

test('what an engine has not done is sent again, with a fresh address of its source, until it has', async () => {
  const first = await tap.next(instance.instanceId);
  const again = await tap.next(instance.instanceId, ({ messageId }) => messageId !== first.messageId);
  expect(again.desired).toMatchObject({ generation: 1, state: 'running' });
  expect(again.desired.deployment?.source.archiveExpiresAt).toBeGreaterThan(
    first.desired.deployment?.source.archiveExpiresAt ?? 0,
  );
  await observeAndWait({ settled: true });
  const sent = tap.of(instance.instanceId).length;
  const other = await customer.create({ repository: 'ana/bot' });
  await waitFor(() => tap.of(other.instanceId).length >= 3, { describe: 'another one was sent three times' });
  expect(tap.of(instance.instanceId).length).toBeLessThanOrEqual(sent + 1);
});

test('an inventory has strays stopped, lost ones sent again and lost reports made good', async () => {
  await observeAndWait({ settled: true });
  const stray = { ...observed(instance, { generation: 41, memoryLimitMb: 300 }), instanceId: newId('instance') };
  const before = tap.of(instance.instanceId).length;
  const inventory = { ...envelope, engine: 'local', takenAt: Date.now() + 60_000 } as const;
  await api.events.publish('cluster.inventory', { ...inventory, instances: [{ observed: stray, progress: null }] });
  expect(await tap.next(stray.instanceId)).toMatchObject({
    name: 'instance.delete',
    desired: { state: 'deleted', generation: 42, deployment: null, limits: { memoryMb: 300 } },
  });
  await waitFor(() => tap.of(instance.instanceId).length > before, { describe: 'the missing one is sent again' });

  const news = observed(instance, { revision: 20, state: 'stopped' });
  const worked = progress(await deployment(), { revision: 20 });
  await api.events.publish('cluster.inventory', { ...inventory, instances: [{ observed: news, progress: worked }] });
  await waitFor(async () => (await now()).state === 'stopped', { describe: 'the lost report' });
  await waitFor(async () => (await deployment()).status === 'succeeded', { describe: 'the lost progress' });
});

test('an instance that no row knows is purged once it has been deleted for the restore window, not before', async () => {
  const takenAt = Date.now();
  const deletedFor = (hours: number) => ({
    ...observed(instance, { generation: 41, state: 'deleted', observedAt: takenAt - hours * 3_600_000 }),
    instanceId: newId('instance'),
  });
  const [due, kept] = [deletedFor(49), deletedFor(47)];
  const instances = [kept, due].map((each) => ({ observed: each, progress: null }));
  await api.events.publish('cluster.inventory', { ...envelope, engine: 'local', takenAt, instances });
  const purge = await tap.next(due.instanceId);
  expect(purge).toMatchObject({ name: 'instance.purge', desired: { state: 'purged', generation: 42 } });
  expect(tap.of(kept.instanceId)).toEqual([]);
});

test('an engine that is ahead of a restored database is overtaken', async () => {
  await observe({ revision: 30, generation: 9 });
  const command = await tap.next(instance.instanceId, ({ desired }) => desired.generation > 9);
  expect(command.desired).toMatchObject({ generation: 10, state: 'running' });
});

test('a deleted instance is purged when its time is over, and its row goes once the engine says it is gone', async () => {
  const socket = await customer.socket();
  const removed: unknown[] = [];
  socket.on('instance.removed', (event) => removed.push(event));
  await customer.call('DELETE', `/v1/instances/${instance.instanceId}`);
  await api.database.query(`UPDATE instance SET deleted_at = now() - interval '49 hours' WHERE instance_id = $1`, [
    instance.instanceId,
  ]);
  const command = await tap.next(instance.instanceId, ({ name }) => name === 'instance.purge');
  expect(command.desired).toMatchObject({ state: 'purged', deployment: null, generation: 3 });
  expect(await customer.refused('GET', `/v1/instances/${instance.instanceId}`)).toBe('instance_not_found');
  await observe({ revision: 5, generation: 2, state: 'purged' });
  await observe({ revision: 6, generation: 3, state: 'purged' });
  await waitFor(() => removed.length === 1, { describe: 'the page is told' });
  for (const table of ['instance', 'deployment', 'instance_variable']) {
    const { rows } = await api.database.query(`SELECT 1 FROM ${table} WHERE instance_id = $1`, [instance.instanceId]);
    expect(rows).toEqual([]);
  }
});

test('a build’s log, a QR code and averages are kept once, however often they come', async () => {
  const { instanceId } = instance;
  const { deploymentId } = await deployment();
  const line = { id: '1-1', at: 5, kind: 'line', text: 'npm install', data: null };
  const gzippedJsonLines = gzipSync(`${JSON.stringify(line)}\n`).toString('base64');
  const log = { ...envelope, deploymentId, instanceId, gzippedJsonLines, lineCount: 1, truncated: false } as const;
  const matrix = Array.from({ length: 21 }, () => '01'.repeat(11).slice(0, 21));
  const qr = { ...envelope, instanceId, deploymentId, matrix, logId: '5-100', seenAt: 1_000 } as const;
  const average = { cpuMillis: 12.5, memoryBytes: 100, memoryPeakBytes: 200, restarts: 0, samples: 20 };
  const bucketStart = Math.floor(Date.now() / 300_000) * 300_000;
  const rolledUp = { ...envelope, bucketStart, instances: [{ instanceId, average }] };
  for (let twice = 0; twice < 2; twice++) {
    await api.events.publish('deployment.logged', log);
    await api.events.publish('instance.qr', qr);
    await api.events.publish('metrics.rolled_up', rolledUp);
  }
  await api.events.publish('instance.qr', { ...qr, matrix: null, logId: '5-99' });
  await observeAndWait({ revision: 90 });
  expect((await now()).qr).toEqual({ matrix, seenAt: new Date(1_000).toISOString() });
  const path = `/v1/instances/${instanceId}`;
  await waitFor(async () => (await customer.get<BuildLogView>(`${path}/deployments/${deploymentId}/log`)).complete, {
    describe: 'the build log',
  });
  expect(await customer.get<BuildLogView>(`${path}/deployments/${deploymentId}/log`)).toMatchObject({ lines: [line] });
  const week = () => customer.get<MetricSeries>(`${path}/metrics?range=7d`);
  await waitFor(async () => (await week()).points.length > 0, { describe: 'the average' });
  expect((await week()).points).toEqual([
    { at: bucketStart, cpuMillis: 12.5, memoryBytes: 100, memoryLimitBytes: 536_870_912, restarts: 0, uptimeMs: 0 },
  ]);
  await api.events.publish('instance.qr', { ...qr, matrix: null, logId: '5-101' });
  await waitFor(async () => (await now()).qr === null, { describe: 'the code goes' });
});

test('text that PostgreSQL cannot store does not stop an event', async () => {
  const made = await deployment();
  const reason = { code: 'build_failed', params: { package: 'a\0b\ud800' } } as const;
  const report = progress(made, { revision: 2, status: 'failed', reason, artifact: null });
  await api.events.publish('deployment.progressed', { ...envelope, progress: report });
  const view: DeploymentView = await waitFor(
    async () => {
      const latest = await deployment();
      return latest.status === 'failed' ? latest : undefined;
    },
    { describe: 'the report' },
  );
  expect(view.reason?.params).toEqual({ package: 'a\uFFFDb\uFFFD' });
});
