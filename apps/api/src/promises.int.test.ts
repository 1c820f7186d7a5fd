import { type ClientEventName, clientEvents, type InstanceView, newId, type Problem } from '@zarpa/contracts';
import { waitFor } from '@zarpa/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Customer } from './testing/customer.ts';
import { LogWriter } from './testing/log-writer.ts';
import { apiOperations, bodyOf, fillPath } from './testing/operations.ts';
import { envelope, observed, progress } from './testing/reports.ts';
import { startTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
let owner: Customer;
let stranger: Customer;
let instance: InstanceView;

beforeAll(async () => {
  api = await startTestApi();
  await api.sandbox.commit('ana/bot', { 'package.json': '{}' });
  [owner, stranger] = [await Customer.arrive(api), await Customer.arrive(api)];
  const variables = [{ name: 'TOKEN', value: 'only-for-the-owner' }];
  const made = await owner.create({ repository: 'ana/bot', name: 'Do dono', variables });
  const deployment = made.latestDeployment;
  if (!deployment) throw new Error('There is no deployment');
  await api.events.publish('deployment.progressed', { ...envelope, progress: progress(deployment) });
  await api.events.publish('instance.observed', { ...envelope, observed: observed(made) });
  await LogWriter.of(api.redis, api.env.REDIS_KEY_PREFIX ?? '', made.instanceId).write(3);
  instance = await waitFor(
    async () => {
      const view = await owner.get<InstanceView>(`/v1/instances/${made.instanceId}`);
      return view.state === 'running' && view.currentDeployment?.status === 'succeeded' ? view : undefined;
    },
    { describe: 'the instance runs' },
  );
});
afterAll(async () => {
  owner.leave();
  stranger.leave();
  await api.stop();
});

const operations = apiOperations();
const publicOperations = new Set([
  'ensureSession',
  'listPlans',
  'completeGithubConnection',
  'receiveGithubWebhook',
  'redirectToArchive',
  'storeTransfer',
  'readTransfer',
  'getLiveness',
  'getReadiness',
  'getMetrics',
  'getOpenapi',
]);
const ofAnInstance = operations.filter(({ path }) => path.startsWith('/v1/instances/{instanceId}'));
const deploymentId = () => instance.currentDeployment?.deploymentId ?? '';

describe('no one but the owner reads or changes an instance, its logs, metrics, variables or deployments', () => {
  test('the document knows every route of an instance', () => {
    expect(ofAnInstance.length).toBeGreaterThan(18);
  });

  test.each(ofAnInstance)('$id by a stranger is the same as for an instance that is not there', async (operation) => {
    const call = (values: Record<string, string>) =>
      stranger.call<Problem>(
        operation.method,
        fillPath(operation.path, { name: 'TOKEN', ...values }),
        bodyOf(operation),
      );
    const theirs = await call({ instanceId: instance.instanceId, deploymentId: deploymentId() });
    const nobodys = await call({ instanceId: newId('instance'), deploymentId: newId('deployment') });
    expect(theirs.status).toBe(404);
    expect({ ...theirs.body, correlationId: '' }).toEqual({ ...nobodys.body, correlationId: '' });
    const ownInstance = await owner.get<InstanceView>(`/v1/instances/${instance.instanceId}`);
    expect(ownInstance).toEqual(instance);
  });

  test.each(operations.filter(({ id }) => !publicOperations.has(id)))(
    '$id without a session is refused before anything else',
    async (operation) => {
      const values = { instanceId: instance.instanceId, deploymentId: deploymentId(), name: 'TOKEN', owner: 'ana' };
      const body = bodyOf(operation);
      const answer = await fetch(`${api.url}${fillPath(operation.path, values)}`, {
        method: operation.method,
        ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ code: 'not_authenticated' });
    },
  );

  test.each(operations.filter(({ id, method }) => method === 'GET' && !id.includes('Openapi')))(
    '$id tells a stranger nothing of the owner',
    async (operation) => {
      const values = { instanceId: instance.instanceId, deploymentId: deploymentId(), owner: 'ana', name: 'bot' };
      const answer = await stranger.call(operation.method, `${fillPath(operation.path, values)}?branch=main`);
      const text = JSON.stringify(answer.body);
      for (const secret of [owner.ownerId, 'Do dono', 'only-for-the-owner', 'line 1'])
        expect(text).not.toContain(secret);
    },
  );

  test('another instance’s deployment is not reached through one’s own instance', async () => {
    const own = await stranger.create({ repository: 'ana/bot' });
    for (const operation of ofAnInstance.filter(({ path }) => path.includes('{deploymentId}'))) {
      const path = fillPath(operation.path, { instanceId: own.instanceId, deploymentId: deploymentId() });
      expect(await stranger.refused(operation.method, path, bodyOf(operation))).toBe('deployment_not_found');
    }
  });

  const frames: Record<ClientEventName, () => object[]> = {
    'logs.watch': () => [{ stream: runLog() }, { stream: buildLog() }],
    'logs.unwatch': () => [{ stream: runLog() }],
    'metrics.watch': () => [{ instanceId: instance.instanceId }],
    'metrics.unwatch': () => [{ instanceId: instance.instanceId }],
  };
  const runLog = () => ({ kind: 'run', instanceId: instance.instanceId });
  const buildLog = () => ({ kind: 'build', instanceId: instance.instanceId, deploymentId: deploymentId() });

  test('no socket event shows a stranger anything', async () => {
    const [ownersSocket, strangersSocket] = [await owner.socket(), await stranger.socket()];
    const [seen, leaked] = [new Set<string>(), [] as unknown[]];
    ownersSocket.onAny((event: string) => seen.add(event));
    strangersSocket.onAny((...frame) => leaked.push(frame));
    for (const name of Object.keys(clientEvents) as ClientEventName[]) {
      for (const frame of frames[name]()) {
        const answer = await stranger.ask(strangersSocket, name, frame);
        if (name.endsWith('.watch'))
          expect(answer).toMatchObject({ ok: false, code: expect.stringMatching(/_not_found$/) });
        expect(await owner.ask(ownersSocket, name, frame)).toEqual({ ok: true });
      }
    }
    await owner.ask(ownersSocket, 'logs.watch', { stream: runLog() });
    await owner.ask(ownersSocket, 'metrics.watch', { instanceId: instance.instanceId });
    const prefix = api.env.REDIS_KEY_PREFIX ?? '';
    const sample = { at: 1, cpuMillis: 1, memoryBytes: 1, memoryLimitBytes: 1, restarts: 0, uptimeMs: 1 };
    await api.redis.xadd(`${prefix}metrics:${instance.instanceId}`, '*', 's', JSON.stringify(sample));
    await owner.post(`/v1/instances/${instance.instanceId}/deployments`, {});
    const expected = ['logs.lines', 'metrics.sample', 'instance.changed', 'deployment.changed'];
    await waitFor(() => expected.every((name) => seen.has(name)), { describe: 'the owner sees everything' });
    expect(leaked).toEqual([]);
  });

  test('a socket without a session, or from another site’s page, is not let in', async () => {
    const { io } = await import('socket.io-client');
    const refusal = (extraHeaders: Record<string, string>) =>
      new Promise<string>((resolve) => {
        const socket = io(api.url, { transports: ['websocket'], extraHeaders, forceNew: true, reconnection: false });
        socket.once('connect', () => resolve('connected'));
        socket.once('connect_error', (error) => resolve(error.message));
      });
    expect(await refusal({ origin: 'http://localhost:4300' })).toBe('not_authenticated');
    expect(await refusal({ origin: 'https://evil.example', cookie: owner.cookie })).not.toBe('connected');
  });
});
