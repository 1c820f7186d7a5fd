import type { InstanceView, Problem } from '@zarpa/contracts';
import { waitFor } from '@zarpa/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Customer } from '../../testing/customer.ts';
import { openTestOperator, type TestOperator } from '../../testing/operator.ts';
import { PlayedCluster, RunningNow } from '../../testing/played-cluster.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';
import { ClusterService } from './cluster.service.ts';

let api: TestApi;
let operator: TestOperator;
let customer: Customer;
let north: PlayedCluster;
let south: PlayedCluster;

beforeAll(async () => {
  api = await startTestApi({ SAFETY_NET_INTERVAL: '200ms' });
  await api.sandbox.commit('ana/bot', { 'package.json': '{}' });
  operator = await openTestOperator(api);
  for (const id of ['north', 'south']) await operator.run('add', id);
  const running = new RunningNow();
  north = await PlayedCluster.open(api, 'north', running);
  south = await PlayedCluster.open(api, 'south', running);
  await operator.run('close', 'local');
});
afterAll(async () => {
  customer.leave();
  await Promise.all([north.close(), south.close(), operator.close()]);
  await api.stop();
});
beforeEach(async () => {
  customer = await Customer.arrive(api);
  north.troubles.silent = true;
  south.troubles.silent = true;
});

/** Reported, as workers do, again and again: one that counts as older than the last is not taken in. */
async function reported(cluster: PlayedCluster, freeMemoryMb: number, freePods = 100): Promise<void> {
  await waitFor(
    async () => {
      await cluster.report(freeMemoryMb, { freePods });
      const { rows } = await api.database.query(
        `SELECT 1 FROM cluster WHERE cluster_id = $1 AND report->'capacity'->'memoryMb'->>'free' = $2
           AND report->'capacity'->'pods'->>'free' = $3`,
        [cluster.clusterId, String(freeMemoryMb), String(freePods)],
      );
      return rows.length === 1;
    },
    { describe: 'the report is taken in' },
  );
}
/** As if it had been long ago that anything was placed. */
const forgetInstances = () => api.database.query(`UPDATE instance SET desired_state = 'paused'`);
const create = (planId = 'essencial') => customer.create({ repository: 'ana/bot', planId });
const refusal = async () => {
  const input = { name: 'Bot', branch: 'main', planId: 'essencial', repository: 'ana/bot' };
  return customer.call<Problem>('POST', '/v1/instances', input);
};

test('the first cluster is made of the settings, once', async () => {
  await api.api.app.get(ClusterService).ensureFirst();
  const { rows } = await api.database.query(`SELECT cluster_id, name, engine FROM cluster WHERE cluster_id = 'local'`);
  expect(rows).toEqual([{ cluster_id: 'local', name: 'local', engine: 'local' }]);
});

test('a new instance goes to the cluster with the most free memory', async () => {
  await reported(north, 4_000);
  await reported(south, 3_600);
  expect((await create()).clusterId).toBe('north');
  // 512 MB are taken by what has just been placed.
  expect((await create()).clusterId).toBe('south');
  expect((await create()).clusterId).toBe('north');
});

test('what was placed counts until it has a pod, also after the next report', async () => {
  await forgetInstances();
  await reported(north, 600);
  await reported(south, 0);
  const { instanceId } = await create();
  await reported(north, 601);
  expect((await refusal()).body.code).toBe('no_capacity');
  north.troubles.silent = false;
  await waitFor(() => north.stateOf(instanceId), { describe: 'the command has come' });
  await north.tell(instanceId);
  await waitFor(async () => (await customer.get<InstanceView>(`/v1/instances/${instanceId}`)).state === 'running', {
    describe: 'it runs',
  });
  await reported(north, 602);
  expect((await create()).clusterId).toBe('north');
});

test('many at once never take the same room', async () => {
  await forgetInstances();
  await reported(north, 512 * 3);
  await reported(south, 10_000, 2);
  const customers = await Promise.all(Array.from({ length: 4 }, () => Customer.arrive(api)));
  const answers = await Promise.all(
    customers.flatMap((each) =>
      Array.from({ length: 3 }, () =>
        each.call<InstanceView>('POST', '/v1/instances', {
          name: 'Bot',
          branch: 'main',
          planId: 'essencial',
          repository: 'ana/bot',
        }),
      ),
    ),
  );
  const places = answers.filter(({ status }) => status === 201).map(({ body }) => String(body.clusterId));
  expect(places.toSorted()).toEqual(['north', 'north', 'north', 'south', 'south']);
  expect(answers.filter(({ status }) => status === 503)).toHaveLength(7);
});

test('where none has room the owner reads so, and nothing is made', async () => {
  await forgetInstances();
  await reported(north, 511);
  await reported(south, 100);
  const { status, body } = await refusal();
  expect(status).toBe(503);
  expect(body).toMatchObject({ code: 'no_capacity', detail: expect.stringContaining('512 MB') });
  expect((await customer.get<{ items: unknown[] }>('/v1/instances')).items).toEqual([]);
});

test('a cluster that is silent, closed or draining gets nothing', async () => {
  await forgetInstances();
  await reported(north, 5_000);
  await reported(south, 4_000);
  await api.database.query(
    `UPDATE cluster SET reported_at = now() - interval '121 seconds' WHERE cluster_id = 'north'`,
  );
  expect((await create()).clusterId).toBe('south');
  await operator.run('close', 'south');
  expect((await refusal()).body.code).toBe('no_capacity');
  await operator.run('open', 'south');
  expect((await create()).clusterId).toBe('south');
});

test('an older report changes nothing, and a clock that is ahead does not shut out the next', async () => {
  await reported(north, 5_100);
  await north.report(1, { reportedAt: Date.now() - 60_000 });
  await north.report(5_200, { reportedAt: Date.now() + 600_000 });
  await reported(north, 5_300);
  const { rows } = await api.database.query(
    `SELECT report->'capacity'->'memoryMb'->>'free' AS free, report->>'engineVersion' AS version,
       reported_at <= now() AS past FROM cluster WHERE cluster_id = 'north'`,
  );
  expect(rows).toEqual([{ free: '5300', version: 'v1.36.0', past: true }]);
});
