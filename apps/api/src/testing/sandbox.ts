import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, waitFor } from '@zarpa/testing';
import { execa } from 'execa';

const program = fileURLToPath(new URL('../../../sandbox/dist/main.js', import.meta.url));
const identity = {
  GIT_AUTHOR_NAME: 'Ana',
  GIT_AUTHOR_EMAIL: 'ana@example.com',
  GIT_COMMITTER_NAME: 'Ana',
  GIT_COMMITTER_EMAIL: 'ana@example.com',
};

/** GitHub's stand-in as a process of its own. */
export interface TestSandbox {
  readonly url: string;
  /** Settings of an API that works with it. */
  readonly settings: Readonly<Record<string, string>>;
  /** A new commit on a branch of `owner/name` with these files alone; the repository is made with the first one. */
  commit(repository: string, files: Readonly<Record<string, string>>, options?: CommitOptions): Promise<string>;
  stop(): Promise<void>;
}

interface CommitOptions {
  readonly branch?: string;
  readonly private?: boolean;
}

const attempts = 5;

export async function startSandbox(webhookUrl: string): Promise<TestSandbox> {
  const directory = await mkdtemp(join(tmpdir(), 'zarpa-api-sandbox-'));
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const shared = {
    GITHUB_APP_ID: '1',
    GITHUB_APP_PRIVATE_KEY: privateKey,
    GITHUB_CLIENT_ID: 'client',
    GITHUB_CLIENT_SECRET: randomBytes(20).toString('hex'),
    GITHUB_WEBHOOK_SECRET: randomBytes(20).toString('hex'),
  };
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const started = await start({ ...shared, SANDBOX_DIRECTORY: directory, SANDBOX_WEBHOOK_URL: webhookUrl });
    if (started === null) continue;
    const { url, child } = started;
    return {
      url,
      settings: { ...shared, GITHUB_API_URL: `${url}/api/v3`, GITHUB_WEB_URL: url },
      commit: (repository, files, options) => commit(directory, repository, { files, ...options }),
      async stop() {
        child.kill();
        await child;
        await rm(directory, { recursive: true, force: true });
      },
    };
  }
  throw new Error(`The sandbox found no port of its own in ${attempts} attempts`);
}

/** Null where another program, perhaps another test's sandbox, took the port first. */
async function start(settings: Readonly<Record<string, string>>) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...settings, SANDBOX_PORT: String(port), SANDBOX_PUBLIC_URL: url, LOG_LEVEL: 'warn' };
  const child = execa(process.execPath, [program], { env, reject: false, cleanup: true });
  const exited = child.then(() => 'exited' as const);
  const ready = waitFor(() => knowsItsSecret(url, settings), { timeoutMs: 60_000, describe: 'the sandbox answers' });
  const outcome = await Promise.race([exited, ready]);
  if (outcome !== 'exited') return { url, child };
  ready.catch(() => undefined);
  return null;
}

/** Only the sandbox that was given these credentials looks at the code at all. */
async function knowsItsSecret(url: string, settings: Readonly<Record<string, string>>): Promise<boolean> {
  const answer = await fetch(`${url}/login/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      client_id: settings.GITHUB_CLIENT_ID,
      client_secret: settings.GITHUB_CLIENT_SECRET,
      code: 'none',
    }),
  });
  return (await answer.text()).includes('bad_verification_code');
}

async function commit(
  directory: string,
  repository: string,
  { files, branch = 'main', private: hidden = false }: CommitOptions & { files: Readonly<Record<string, string>> },
): Promise<string> {
  const bare = join(directory, 'repositories', `${repository}.git`);
  const work = await mkdtemp(join(tmpdir(), 'zarpa-api-repository-'));
  const git = (...args: string[]) => execa('git', args, { cwd: work, env: identity });
  await mkdir(dirname(bare), { recursive: true });
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  if (hidden) await writeFile(join(bare, 'sandbox-private'), '');
  await git('clone', '--quiet', bare, '.');
  await git('checkout', '--quiet', '-B', branch, ...((await hasBranch(bare, branch)) ? [`origin/${branch}`] : []));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), content);
  }
  await git('add', '--all');
  await git('commit', '--quiet', '--allow-empty', '--message', 'Muda o bot');
  await git('push', '--quiet', 'origin', `HEAD:${branch}`);
  const { stdout } = await git('rev-parse', 'HEAD');
  await rm(work, { recursive: true, force: true });
  return stdout;
}

async function hasBranch(bare: string, branch: string): Promise<boolean> {
  const found = await execa('git', ['-C', bare, 'rev-parse', '--verify', '--quiet', branch], { reject: false });
  return found.exitCode === 0;
}
