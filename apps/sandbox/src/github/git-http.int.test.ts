import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putRepository } from '../test-support/repository.ts';
import { type RunningSandbox, runSandbox } from '../test-support/sandbox.ts';
import { runWebhookReceiver, type WebhookReceiver } from '../test-support/webhook-receiver.ts';

const quietGit = { GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
const identity = ['-c', 'user.name=Lia', '-c', 'user.email=lia.nunes@example.com'];

describe('git over HTTP', () => {
  let sandbox: RunningSandbox;
  let receiver: WebhookReceiver;
  let folder: string;

  beforeAll(async () => {
    receiver = await runWebhookReceiver();
    sandbox = await runSandbox({ SANDBOX_WEBHOOK_URL: receiver.url });
    folder = await mkdtemp(path.join(tmpdir(), 'sandbox-clone-'));
  });
  afterAll(async () => {
    await sandbox.stop();
    await receiver.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const git = (...args: string[]) => execa('git', [...identity, ...args], { cwd: folder, env: quietGit });
  const address = (login: string, repository: string) =>
    `${sandbox.webUrl.replace('//', `//${login}:x@`)}/${repository}.git`;

  test('clones a public repository, and pushes to it as a member with a webhook', async () => {
    await git('clone', '--quiet', address('marina-costa', 'zarpa-exemplos/bot-que-cai'), 'bot');
    expect(await readFile(path.join(folder, 'bot/README.md'), 'utf8')).toContain('# Bot que cai');
    await writeFile(path.join(folder, 'bot/novo.txt'), 'novo\n');
    await git('-C', 'bot', 'add', '.');
    await git('-C', 'bot', 'commit', '--quiet', '--message', 'Direto do terminal');
    await git('-C', 'bot', 'push', '--quiet', 'origin', 'main');
    expect(JSON.parse((await receiver.received(1)).body)).toMatchObject({
      ref: 'refs/heads/main',
      pusher: { name: 'marina-costa' },
      commits: [{ message: 'Direto do terminal', added: ['novo.txt'] }],
    });
  });

  test('refuses a push without rights, and a private repository to strangers', async () => {
    await putRepository(sandbox.repositories, 'marina-costa/segredo', { private: true });
    await expect(git('ls-remote', `${sandbox.webUrl}/marina-costa/segredo.git`)).rejects.toThrow();
    await expect(git('ls-remote', address('lia-nunes', 'marina-costa/segredo'))).rejects.toThrow();
    expect((await git('ls-remote', address('marina-costa', 'marina-costa/segredo'))).stdout).toContain(
      'refs/heads/main',
    );
    await git('clone', '--quiet', address('lia-nunes', 'zarpa-exemplos/bot-eco-node'), 'eco');
    await git('-C', 'eco', 'commit', '--quiet', '--allow-empty', '--message', 'Não pode');
    await expect(git('-C', 'eco', 'push', '--quiet', 'origin', 'main')).rejects.toThrow();
  });
});
