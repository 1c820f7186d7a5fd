import { createHmac, randomUUID } from 'node:crypto';
import type { DeploymentPage, InstanceView, PushList, PushView } from '@zarpa/contracts';
import { waitFor } from '@zarpa/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Customer } from '../../testing/customer.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

let api: TestApi;
let customer: Customer;
let instance: InstanceView;
let repository: string;
let first: string;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  customer = await Customer.arrive(api);
  repository = `ana/bot-${randomUUID().slice(0, 8)}`;
  first = await api.sandbox.commit(repository, { 'package.json': '{}', 'apps/bot/package.json': '{}' });
  instance = await customer.create({ repository });
});

const path = (rest: string) => `/v1/instances/${instance.instanceId}${rest}`;
const pushes = async () => (await customer.get<PushList>(path('/pushes'))).items;
const deployments = async () => (await customer.get<DeploymentPage>(path('/deployments'))).items;

interface Delivery {
  readonly id?: string;
  readonly after: string;
  readonly before?: string;
  readonly branch?: string;
  readonly modified?: readonly string[];
  readonly secret?: string;
}

function payloadOf({ after, before = first, branch = 'main', modified = ['index.js'] }: Delivery): string {
  const commit = { id: after, message: 'Muda', author: { username: 'ana' }, modified };
  const head = { ref: `refs/heads/${branch}`, before, after, repository: { full_name: repository.toUpperCase() } };
  return JSON.stringify({ ...head, head_commit: commit, commits: [commit] });
}

/** A delivery as GitHub sends it. */
function deliver(delivery: Delivery): Promise<Response> {
  const body = payloadOf(delivery);
  const secret = delivery.secret ?? api.env.GITHUB_WEBHOOK_SECRET ?? '';
  return fetch(`${api.url}/webhooks/github`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-delivery': delivery.id ?? randomUUID(),
      'x-github-event': 'push',
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  });
}

const outcome = (wanted: PushView['outcome']) =>
  waitFor(async () => (await pushes()).find((push) => push.outcome === wanted), {
    describe: `a push that was ${wanted}`,
  });

test('a push to the branch is deployed, and shown with what became of it', async () => {
  const sha = await api.sandbox.commit(repository, { 'index.js': '1' });
  expect((await deliver({ after: sha })).status).toBe(202);
  const push = await outcome('replaced_waiting');
  expect(push).toMatchObject({ via: 'webhook', branch: 'main', commit: { sha } });
  const [newest, older] = await deployments();
  expect(newest).toMatchObject({ number: 2, trigger: 'push', status: 'queued', commit: { sha } });
  expect(newest?.deploymentId).toBe(push.deploymentId);
  expect(older).toMatchObject({ status: 'superseded' });
});

test('a delivery that comes ten times, also at once, is one deployment', async () => {
  const sha = await api.sandbox.commit(repository, { 'index.js': '1' });
  const id = randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => deliver({ id, after: sha })));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 202));
  await outcome('replaced_waiting');
  await deliver({ after: sha });
  await outcome('skipped_same_commit');
  expect(await deployments()).toHaveLength(2);
});

test('an open page hears of each push once, and nobody else does', async () => {
  const [socket, strangers] = [await customer.socket(), await (await Customer.arrive(api)).socket()];
  const heard: unknown[] = [];
  const leaked: unknown[] = [];
  socket.on('push.recorded', (recorded) => heard.push(recorded));
  strangers.onAny((...frame) => leaked.push(frame));
  const sha = await api.sandbox.commit(repository, { 'index.js': '1' });
  const id = randomUUID();
  await deliver({ id, after: sha });
  await outcome('replaced_waiting');
  await api.database.query(
    'UPDATE github_delivery SET processed_at = NULL, next_attempt_at = now() WHERE delivery_id = $1',
    [id],
  );
  await deliver({ after: sha });
  await outcome('skipped_same_commit');
  await waitFor(() => heard.length >= 2, { describe: 'the page heard of both' });
  const { instanceId } = instance;
  expect(heard).toEqual((await pushes()).toReversed().map((push) => ({ instanceId, push })));
  expect(leaked).toEqual([]);
  for (const each of [socket, strangers]) each.disconnect();
});

test('a delivery that nobody signed with our secret is refused and not kept', async () => {
  const id = randomUUID();
  const answer = await deliver({ id, after: first, secret: 'another-secret-of-them' });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ code: 'signature_invalid' });
  const { rows } = await api.database.query('SELECT 1 FROM github_delivery WHERE delivery_id = $1', [id]);
  expect(rows).toEqual([]);
});

test('a delivery on which a process died is taken up again', async () => {
  const sha = await api.sandbox.commit(repository, { 'index.js': '1' });
  await api.database.query(
    `INSERT INTO github_delivery (delivery_id, event, body, attempts, next_attempt_at) VALUES ($1, 'push', $2, 1, now())`,
    [randomUUID(), Buffer.from(payloadOf({ after: sha }))],
  );
  await outcome('replaced_waiting');
});

test('a delivery that comes late does not bring an older commit back', async () => {
  const older = await api.sandbox.commit(repository, { 'index.js': '1' });
  const newer = await api.sandbox.commit(repository, { 'index.js': '2' });
  await deliver({ after: newer, before: older });
  await outcome('replaced_waiting');
  await deliver({ after: older });
  await outcome('skipped_same_commit');
  expect((await deployments()).map(({ commit }) => commit.sha)).toEqual([newer, first]);
});

test('pushes that mean nothing to an instance say why', async () => {
  const dev = await api.sandbox.commit(repository, { 'index.js': '1' }, { branch: 'dev' });
  await deliver({ after: dev, branch: 'dev' });
  expect(await outcome('skipped_other_branch')).toMatchObject({ branch: 'dev' });
  await customer.call('PATCH', path(''), { autoDeploy: false });
  const sha = await api.sandbox.commit(repository, { 'index.js': '2' });
  await deliver({ after: sha });
  await outcome('skipped_auto_deploy_off');
  await customer.call('PATCH', path(''), { autoDeploy: true });
  await customer.post(path('/pause'));
  await deliver({ after: sha });
  await outcome('skipped_paused');
  await customer.call('DELETE', path(''));
  await deliver({ after: sha });
  await outcome('skipped_deleted');
  expect(await deployments()).toHaveLength(1);
});

test('in a monorepo only changes of its own folder are deployed, whether or not the payload tells', async () => {
  await customer.call('PATCH', path(''), { rootDirectory: 'apps/bot' });
  const elsewhere = await api.sandbox.commit(repository, { 'apps/other/x.js': '1' });
  await deliver({ after: elsewhere, modified: ['apps/other/x.js'] });
  expect(await outcome('skipped_folder_untouched')).toMatchObject({ commit: { sha: elsewhere } });
  await api.sandbox.commit(repository, { 'apps/bot/x.js': '1' });
  const last = await api.sandbox.commit(repository, { 'README.md': '1' });
  await deliver({ after: last, before: 'f'.repeat(40), modified: ['README.md'] });
  await outcome('replaced_waiting');
  expect((await deployments())[0]).toMatchObject({ commit: { sha: last }, rootDirectory: 'apps/bot' });
});

test('a push whose webhook was lost is found, once, by reading the branch', async () => {
  const look = () =>
    api.database.query(`UPDATE instance SET branch_read_at = now() - interval '2 hours' WHERE instance_id = $1`, [
      instance.instanceId,
    ]);
  const sha = await api.sandbox.commit(repository, { 'index.js': '1' });
  await look();
  expect(await outcome('replaced_waiting')).toMatchObject({ via: 'poll', commit: { sha } });
  await deliver({ after: sha });
  await outcome('skipped_same_commit');
  await look();
  await waitFor(
    async () => {
      const { rows } = await api.database.query(
        `SELECT 1 FROM instance WHERE instance_id = $1 AND branch_read_at > now() - interval '1 minute'`,
        [instance.instanceId],
      );
      return rows.length === 1;
    },
    { describe: 'the branch is read again' },
  );
  expect(await deployments()).toHaveLength(2);
});
