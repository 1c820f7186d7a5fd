import type { DeploymentPage, DeploymentView, InstanceView } from '@zarpa/contracts';
import { keyRing, Secret } from '@zarpa/env';
import { waitFor } from '@zarpa/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Sealer } from '../../sealing/sealer.ts';
import { CommandTap } from '../../testing/command-tap.ts';
import { Customer } from '../../testing/customer.ts';
import { envelope, observed, progress } from '../../testing/reports.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

let api: TestApi;
let tap: CommandTap;
let customer: Customer;
let instance: InstanceView;
let revision = 0;

beforeAll(async () => {
  api = await startTestApi();
  await api.sandbox.commit('ana/bot', { 'package.json': '{}', 'index.js': '' });
  tap = await CommandTap.open(api.env);
});
afterAll(async () => {
  await tap.close();
  await api.stop();
});
beforeEach(async () => {
  customer = await Customer.arrive(api);
  instance = await customer.create({ repository: 'ana/bot', variables: [{ name: 'A', value: 'one' }] });
  instance = await succeed();
});

const path = (rest = '') => `/v1/instances/${instance.instanceId}${rest}`;
const now = () => customer.get<InstanceView>(path());

/** The newest deployment is built and runs. */
async function succeed(): Promise<InstanceView> {
  const { latestDeployment, generation } = await now();
  if (!latestDeployment) throw new Error('There is no deployment');
  await report(latestDeployment, {});
  const { deploymentId } = latestDeployment;
  revision++;
  await api.events.publish('instance.observed', {
    ...envelope,
    observed: observed(instance, { deploymentId, generation, revision }),
  });
  return waitFor(
    async () => {
      const view = await now();
      return view.currentDeployment?.deploymentId === deploymentId && !view.settling ? view : undefined;
    },
    { describe: 'the deployment runs' },
  );
}

async function report(deployment: DeploymentView, changes: Parameters<typeof progress>[1]): Promise<void> {
  revision++;
  const report = progress(deployment, { revision, ...changes });
  await api.events.publish('deployment.progressed', { ...envelope, progress: report });
  await waitFor(async () => (await get(deployment.deploymentId)).status === report.status, { describe: 'the report' });
}

const get = (id: string) => customer.get<DeploymentView>(path(`/deployments/${id}`));
const deploy = (body: object = {}) => customer.post<DeploymentView>(path('/deployments'), body);

test('a newer deployment supersedes one that is not finished', async () => {
  const second = await deploy();
  const third = await deploy();
  expect(await get(second.deploymentId)).toMatchObject({ status: 'superseded', reason: { code: 'superseded' } });
  expect(third).toMatchObject({ number: 3, trigger: 'manual', status: 'queued' });
  const command = await tap.next(instance.instanceId, ({ desired }) => desired.generation === 3);
  expect(command.desired.deployment?.deploymentId).toBe(third.deploymentId);
});

test('new variables are applied by running the same artifact again', async () => {
  expect(await customer.refused('POST', path('/deployments'), { reuseArtifact: true })).toBe('nothing_to_apply');
  await customer.call('PATCH', path('/variables'), { set: [{ name: 'A', value: 'two' }] });
  const applied = await deploy({ reuseArtifact: true });
  expect(applied).toMatchObject({ trigger: 'variables', reusedArtifact: true });
  const command = await tap.next(instance.instanceId, ({ desired }) => desired.generation === 2);
  expect(command.desired.deployment?.artifact).toBe(`artifact-of-${instance.currentDeployment?.deploymentId}`);
  expect((await now()).redeployNeeded).toBe(false);
});

test('other commands make a build necessary', async () => {
  await customer.call('PATCH', path(), { overrides: { install: null, build: 'npm run make', start: null } });
  expect((await now()).redeployNeeded).toBe(true);
  expect(await deploy({ reuseArtifact: true })).toMatchObject({ trigger: 'variables', reusedArtifact: false });
});

test('a rollback runs an older version with the environment that it had', async () => {
  const first = instance.currentDeployment;
  await customer.call('PATCH', path('/variables'), { set: [{ name: 'A', value: 'two' }] });
  await deploy();
  instance = await succeed();
  expect(await get(first?.deploymentId ?? '')).toMatchObject({ current: false, canRollback: true });
  const back = await customer.post<DeploymentView>(path(`/deployments/${first?.deploymentId}/rollback`));
  expect(back).toMatchObject({ trigger: 'rollback', reusedArtifact: true, rollbackOf: first?.deploymentId });
  const command = await tap.next(instance.instanceId, ({ desired }) => desired.generation === 3);
  const sealer = new Sealer(new Secret(keyRing().parse(api.env.ENVIRONMENT_KEYS ?? '')));
  const { deployment } = command.desired;
  if (!deployment) throw new Error('The command has no deployment');
  expect(JSON.parse(sealer.open(deployment.environment, back.deploymentId))).toEqual({ A: 'one' });
  expect(deployment.artifact).toBe(`artifact-of-${first?.deploymentId}`);
});

test('nobody can go back to what runs, or to what never worked', async () => {
  const current = instance.currentDeployment?.deploymentId;
  expect(await customer.refused('POST', path(`/deployments/${current}/rollback`))).toBe('deployment_not_restorable');
  const second = await deploy();
  await report(second, { status: 'failed', artifact: null, reason: { code: 'build_failed', params: {} } });
  expect(await customer.refused('POST', path(`/deployments/${second.deploymentId}/rollback`))).toBe(
    'deployment_not_restorable',
  );
});

test('cancelling goes back to what ran before', async () => {
  const second = await deploy();
  await customer.post(path(`/deployments/${second.deploymentId}/cancel`));
  expect(await get(second.deploymentId)).toMatchObject({ status: 'cancelled', reason: { code: 'cancelled' } });
  const command = await tap.next(instance.instanceId, ({ desired }) => desired.generation === 3);
  expect(command.desired.deployment?.deploymentId).toBe(instance.currentDeployment?.deploymentId);
  expect(await customer.refused('POST', path(`/deployments/${second.deploymentId}/cancel`))).toBe(
    'deployment_finished',
  );
});

test('after a failed build, the next command carries the version that runs', async () => {
  const second = await deploy();
  await report(second, { status: 'failed', artifact: null, reason: { code: 'build_failed', params: {} } });
  await customer.post(path('/restart'));
  const command = await tap.next(instance.instanceId, ({ name }) => name === 'instance.restart');
  expect(command.desired.deployment?.deploymentId).toBe(instance.currentDeployment?.deploymentId);
});

test('pages go through all deployments once, newest first', async () => {
  for (let i = 0; i < 4; i++) await deploy();
  const numbers: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page: DeploymentPage = await customer.get<DeploymentPage>(path(`/deployments?limit=2${query}`));
    numbers.push(...page.items.map(({ number }) => number));
    cursor = page.nextCursor;
  }
  expect(numbers).toEqual([5, 4, 3, 2, 1]);
  expect(await customer.refused('GET', path('/deployments?cursor=abc'))).toBe('invalid_input');
});
