import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { Webhooks } from '@octokit/webhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  appId,
  privateKey,
  quiet,
  type RunningSandbox,
  runSandbox,
  webhookSecret,
} from '../../test-support/sandbox.ts';
import { runWebhookReceiver, type WebhookReceiver } from '../../test-support/webhook-receiver.ts';

const bot = { owner: 'zarpa-exemplos', repo: 'bot-eco-node' };

describe('webhooks of the App', () => {
  let sandbox: RunningSandbox;
  let receiver: WebhookReceiver;
  let app: Octokit;

  beforeEach(async () => {
    receiver = await runWebhookReceiver();
    sandbox = await runSandbox({ SANDBOX_WEBHOOK_URL: receiver.url });
    const auth = { appId, privateKey };
    app = new Octokit({ baseUrl: sandbox.apiUrl, log: quiet, authStrategy: createAppAuth, auth });
  });
  afterEach(async () => {
    await sandbox.stop();
    await receiver.stop();
  });

  const pushFile = async (path = 'novo.txt') => {
    const octokit = sandbox.octokit(await sandbox.signIn('marina-costa'));
    const content = Buffer.from('novo\n').toString('base64');
    const { data } = await octokit.repos.createOrUpdateFileContents({ ...bot, path, message: 'Novo arquivo', content });
    return data.commit.sha ?? '';
  };
  const deliveries = async () => (await app.apps.listWebhookDeliveries()).data;

  test('a push is announced with a signature that @octokit/webhooks accepts', async () => {
    const before = (await sandbox.octokit().repos.getBranch({ ...bot, branch: 'main' })).data.commit.sha;
    const after = await pushFile();
    const { headers, body } = await receiver.received(1);
    const webhooks = new Webhooks({ secret: webhookSecret });
    expect(await webhooks.verify(body, headers['x-hub-signature-256'] ?? '')).toBe(true);
    expect(await webhooks.verify(`${body} `, headers['x-hub-signature-256'] ?? '')).toBe(false);
    expect(headers).toMatchObject({
      'x-github-event': 'push',
      'x-github-delivery': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^GitHub-Hookshot\//),
    });
    expect(JSON.parse(body)).toMatchObject({
      ref: 'refs/heads/main',
      before,
      after,
      created: false,
      deleted: false,
      forced: false,
      pusher: { name: 'marina-costa' },
      repository: { full_name: 'zarpa-exemplos/bot-eco-node', private: false, default_branch: 'main' },
      installation: { id: expect.any(Number) },
      head_commit: { id: after, message: 'Novo arquivo', author: { username: 'marina-costa' } },
      commits: [{ id: after, added: ['novo.txt'], removed: [], modified: [] }],
    });
  });

  test('a branch that is made and deleted is announced as such', async () => {
    const octokit = sandbox.octokit(await sandbox.signIn('diego-ramos'));
    const { sha } = (await octokit.repos.getBranch({ ...bot, branch: 'main' })).data.commit;
    await octokit.git.createRef({ ...bot, ref: 'refs/heads/teste', sha });
    const made = JSON.parse((await receiver.received(1)).body);
    expect(made).toMatchObject({
      ref: 'refs/heads/teste',
      created: true,
      before: '0'.repeat(40),
      after: sha,
      commits: [],
    });
    await octokit.git.deleteRef({ ...bot, ref: 'heads/teste' });
    const deleted = JSON.parse((await receiver.received(2)).body);
    expect(deleted).toMatchObject({ deleted: true, before: sha, after: '0'.repeat(40), head_commit: null });
  });

  test('a refused delivery stays on record, is not retried, and is redelivered under the same id', async () => {
    receiver.answerWith(500);
    await pushFile();
    const first = await receiver.received(1);
    await expect.poll(deliveries).toMatchObject([{ event: 'push', status_code: 500, redelivery: false }]);
    const [failed] = await deliveries();

    receiver.answerWith(202);
    await app.apps.redeliverWebhookDelivery({ delivery_id: failed?.id ?? 0 });
    const second = await receiver.received(2);
    expect(second.headers['x-github-delivery']).toBe(first.headers['x-github-delivery']);
    expect(second.body).toBe(first.body);
    await expect.poll(deliveries).toMatchObject([
      { guid: failed?.guid, status: 'OK', status_code: 202, redelivery: true },
      { guid: failed?.guid, status_code: 500, redelivery: false },
    ]);
    const { data } = await app.apps.getWebhookDelivery({ delivery_id: failed?.id ?? 0 });
    expect(data.request.payload).toMatchObject({ ref: 'refs/heads/main' });
  });

  test('a receiver that is not there is on record too, also after a restart', async () => {
    await receiver.stop();
    await pushFile();
    await expect.poll(deliveries).toMatchObject([{ status: 'failed to connect to host', status_code: 502 }]);
    await sandbox.restart();
    expect(await deliveries()).toHaveLength(1);
    receiver = await runWebhookReceiver();
  });

  test('deliveries are read page by page', async () => {
    for (const name of ['a', 'b', 'c']) await pushFile(name);
    await expect.poll(async () => (await deliveries()).length).toBe(3);
    const pages = await app.paginate('GET /app/hook/deliveries', { per_page: 2 });
    expect(pages).toHaveLength(3);
    await expect(app.apps.listWebhookDeliveries({ cursor: 'nonsense' })).rejects.toMatchObject({ status: 400 });
  });

  test('installing and removing the App, and a ping, are announced', async () => {
    const post = (path: string, form: Record<string, string> = {}) =>
      fetch(sandbox.webUrl + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: sandbox.webUrl },
        body: new URLSearchParams(form),
      });
    await post('/apps/zarpa/installations/new', { login: 'lia-nunes', action: 'install' });
    const created = await receiver.received(1);
    expect(created.headers['x-github-event']).toBe('installation');
    expect(JSON.parse(created.body)).toMatchObject({
      action: 'created',
      installation: { account: { login: 'lia-nunes' } },
      sender: { login: 'lia-nunes' },
    });
    await post('/apps/zarpa/installations/new', { login: 'lia-nunes', action: 'uninstall' });
    expect(JSON.parse((await receiver.received(2)).body)).toMatchObject({ action: 'deleted' });
    await post('/deliveries/ping');
    expect((await receiver.received(3)).headers['x-github-event']).toBe('ping');
  });
});
