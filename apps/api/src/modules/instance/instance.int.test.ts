import type { InstanceList, InstanceView, VariableList, VariableValue } from '@zarpa/contracts';
import { keyRing, Secret } from '@zarpa/env';
import { waitFor } from '@zarpa/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sealer } from '../../sealing/sealer.ts';
import { CommandTap } from '../../testing/command-tap.ts';
import { Customer } from '../../testing/customer.ts';
import { envelope, observed, progress } from '../../testing/reports.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

let api: TestApi;
let tap: CommandTap;
let customer: Customer;
let sha: string;

beforeAll(async () => {
  api = await startTestApi();
  sha = await api.sandbox.commit('ana/bot', { 'package.json': '{}', 'index.js': '' });
  tap = await CommandTap.open(api.env);
});
afterAll(async () => {
  customer.leave();
  await tap.close();
  await api.stop();
});
beforeAll(async () => {
  customer = await Customer.arrive(api);
});

const path = (instance: InstanceView, rest = '') => `/v1/instances/${instance.instanceId}${rest}`;

async function running(input: Record<string, unknown> = {}): Promise<InstanceView> {
  const made = await customer.create({ repository: 'ana/bot', ...input });
  const deployment = made.latestDeployment;
  if (!deployment) throw new Error('A new instance has no deployment');
  await api.events.publish('deployment.progressed', { ...envelope, progress: progress(deployment) });
  await api.events.publish('instance.observed', { ...envelope, observed: observed(made) });
  return waitFor(
    async () => {
      const now = await customer.get<InstanceView>(path(made));
      return now.state === 'running' && now.latestDeployment?.status === 'succeeded' ? now : undefined;
    },
    { describe: 'the instance runs' },
  );
}

test('a new instance is deployed from its branch: the command on the queue carries all that an engine needs', async () => {
  const made = await customer.create({ repository: 'ana/bot', variables: [{ name: 'TOKEN', value: 'se gredo' }] });
  expect(made).toMatchObject({ generation: 1, desiredState: 'running', state: 'pending', settling: true });
  expect(made.latestDeployment).toMatchObject({ number: 1, trigger: 'created', status: 'queued', commit: { sha } });
  expect(made.latestDeployment?.variableNames).toEqual(['TOKEN']);

  const command = await tap.next(made.instanceId);
  expect(command.name).toBe('instance.deploy');
  expect(command.desired).toMatchObject({ generation: 1, state: 'running', limits: { memoryMb: 512 } });
  const { deployment } = command.desired;
  expect(deployment?.source).toMatchObject({ repository: 'ana/bot', commitSha: sha, rootDirectory: '' });
  const sealer = new Sealer(new Secret(keyRing().parse(api.env.ENVIRONMENT_KEYS ?? '')));
  if (!deployment) throw new Error('The command has no deployment');
  expect(JSON.parse(sealer.open(deployment.environment, deployment.deploymentId))).toEqual({ TOKEN: 'se gredo' });

  const archive = await fetch(deployment.source.archiveUrl, { redirect: 'manual' });
  expect(archive.status).toBe(302);
  const tarball = await fetch(archive.headers.get('location') ?? '');
  expect(tarball.ok).toBe(true);
});

test('the correlation id of a request arrives with its command', async () => {
  const instance = await running();
  await fetch(`${api.url}${path(instance, '/restart')}`, {
    method: 'POST',
    headers: { cookie: customer.cookie, 'x-correlation-id': 'from-the-browser' },
  });
  const command = await tap.next(instance.instanceId, ({ name }) => name === 'instance.restart');
  expect(command.correlationId).toBe('from-the-browser');
});

test('pause, resume, restart and plan change raise the generation once each, and send the state that should be', async () => {
  const instance = await running();
  const paused = await customer.post<InstanceView>(path(instance, '/pause'));
  expect(paused).toMatchObject({ desiredState: 'paused', generation: 2, settling: true });
  expect(await customer.post<InstanceView>(path(instance, '/pause'))).toMatchObject({ generation: 2 });
  expect(await customer.post<InstanceView>(path(instance, '/resume'))).toMatchObject({ generation: 3 });
  expect(await customer.post<InstanceView>(path(instance, '/restart'))).toMatchObject({ generation: 4 });
  const changed = await customer.call<InstanceView>('PUT', path(instance, '/plan'), { planId: 'profissional' });
  expect(changed.body).toMatchObject({ planId: 'profissional', memoryMb: 2048, generation: 5 });
  const last = await tap.next(instance.instanceId, ({ desired }) => desired.generation === 5);
  expect(last).toMatchObject({
    name: 'instance.upgrade',
    desired: { state: 'running', restartRevision: 1, limits: { memoryMb: 2048 } },
  });
  expect(last.desired.deployment?.deploymentId).toBe(instance.currentDeployment?.deploymentId);
});

test('a deleted instance can be seen and restored, and nothing else', async () => {
  const instance = await running();
  const deleted = await customer.call<InstanceView>('DELETE', path(instance));
  expect(deleted.body.desiredState).toBe('deleted');
  const hours = Date.parse(deleted.body.restorableUntil ?? '') - Date.parse(deleted.body.deletedAt ?? '');
  expect(hours).toBe(48 * 3_600_000);
  for (const action of ['pause', 'resume', 'restart']) {
    expect(await customer.refused('POST', path(instance, `/${action}`))).toBe('instance_deleted');
  }
  expect(await customer.refused('DELETE', path(instance))).toBe('instance_deleted');
  expect(await customer.refused('PATCH', path(instance), { name: 'x' })).toBe('instance_deleted');
  expect(await customer.refused('PUT', path(instance, '/plan'), { planId: 'profissional' })).toBe('instance_deleted');
  expect(await customer.refused('PATCH', path(instance, '/variables'), { set: [] })).toBe('instance_deleted');
  expect(await customer.refused('POST', path(instance, '/deployments'), {})).toBe('instance_deleted');
  expect((await customer.call('GET', path(instance, '/logs'))).status).toBe(200);
  expect((await customer.get<InstanceList>('/v1/instances')).items.map((each) => each.instanceId)).toContain(
    instance.instanceId,
  );
  const restored = await customer.post<InstanceView>(path(instance, '/restore'));
  expect(restored).toMatchObject({ desiredState: 'running', deletedAt: null, generation: 3 });
  expect(await customer.refused('POST', path(instance, '/restore'))).toBe('instance_not_deleted');
});

test('one that was deleted before its first version was built is deployed again when it is restored', async () => {
  const made = await customer.create({ repository: 'ana/bot' });
  await customer.call('DELETE', path(made));
  const deleted = await customer.get<InstanceView>(path(made));
  expect(deleted.latestDeployment).toMatchObject({ status: 'cancelled', reason: { code: 'instance_deleted' } });
  const restored = await customer.post<InstanceView>(path(made, '/restore'));
  expect(restored.latestDeployment).toMatchObject({
    number: 2,
    trigger: 'restored',
    status: 'queued',
    commit: { sha },
  });
});

test('the free plan has room for one, also when two requests come at once', async () => {
  const newcomer = await Customer.arrive(api);
  const input = { name: 'Bot', repository: 'ana/bot', branch: 'main', planId: 'development' };
  const answers = await Promise.all([1, 2, 3].map(() => newcomer.call('POST', '/v1/instances', input)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  expect(await newcomer.refused('POST', '/v1/instances', input)).toBe('plan_limit_reached');
});

test('a variable is shown to its owner on request, and counts as changed until it is deployed', async () => {
  const instance = await running({
    variables: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
  });
  expect(await customer.get<VariableList>(path(instance, '/variables'))).toMatchObject({ redeployNeeded: false });
  const update = {
    set: [
      { name: 'A', value: '1' },
      { name: 'C', value: '3' },
    ],
    remove: ['B'],
  };
  const changed = await customer.call<VariableList>('PATCH', path(instance, '/variables'), update);
  expect(changed.body.items.map(({ name, changed: isChanged }) => [name, isChanged])).toEqual([
    ['A', false],
    ['C', true],
  ]);
  expect(changed.body).toMatchObject({ removed: ['B'], redeployNeeded: true });
  expect(await customer.get<InstanceView>(path(instance))).toMatchObject({ redeployNeeded: true, generation: 1 });
  expect(await customer.post<VariableValue>(path(instance, '/variables/C/reveal'))).toEqual({ name: 'C', value: '3' });
  expect(await customer.refused('POST', path(instance, '/variables/B/reveal'))).toBe('variable_not_found');
});

test('no value of a variable is in the database in clear', async () => {
  const instance = await running({ variables: [{ name: 'TOKEN', value: 'a-very-secret-value' }] });
  for (const table of ['instance_variable', 'deployment', 'outbox', 'instance']) {
    const { rows } = await api.database.query<{ text: string }>(`SELECT t::text AS text FROM ${table} t`);
    expect(JSON.stringify(rows)).not.toContain('a-very-secret-value');
  }
  expect(JSON.stringify(tap.of(instance.instanceId))).not.toContain('a-very-secret-value');
});

test('a repository, branch or plan that is not there is refused, and nothing is made', async () => {
  const before = (await customer.get<InstanceList>('/v1/instances')).items.length;
  const input = { name: 'Bot', repository: 'ana/bot', branch: 'main', planId: 'essencial' };
  const refused = (changes: object) => customer.refused('POST', '/v1/instances', { ...input, ...changes });
  expect(await refused({ branch: 'nope' })).toBe('branch_not_found');
  expect(await refused({ repository: 'ana/nope' })).toBe('branch_not_found');
  expect(await refused({ planId: 'golden' })).toBe('plan_not_found');
  expect((await customer.get<InstanceList>('/v1/instances')).items).toHaveLength(before);
});

test('changes of many requests at once come one after another', async () => {
  const instance = await running();
  await Promise.all(Array.from({ length: 20 }, () => customer.post(path(instance, '/restart'))));
  expect(await customer.get<InstanceView>(path(instance))).toMatchObject({ generation: 21 });
  await tap.next(instance.instanceId, ({ desired }) => desired.restartRevision === 20);
  const generations = tap.of(instance.instanceId).map(({ desired }) => desired.generation);
  expect(generations).toEqual(generations.toSorted((a, b) => a - b));
});
