import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Octokit } from '@octokit/rest';
import { createLogger } from '@zarpa/observability';
import { type Sandbox, startSandbox } from '../server.ts';
import { settings } from '../settings.ts';

export const clientId = 'Iv1.sandboxclient';
export const clientSecret = 'client-secret-of-the-tests';
export const webhookSecret = 'webhook-secret-of-the-tests';
export const appId = 100_001;
export const privateKey = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;

export interface RunningSandbox {
  readonly webUrl: string;
  readonly apiUrl: string;
  readonly directory: string;
  readonly repositories: string;
  /** Moves the sandbox's clock forward. */
  advance(ms: number): void;
  octokit(token?: string): Octokit;
  signIn(login: string): Promise<string>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A real sandbox on a free port and a folder of its own. */
export async function runSandbox(overrides: Record<string, string> = {}): Promise<RunningSandbox> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sandbox-test-'));
  const port = await freePort();
  const webUrl = `http://127.0.0.1:${port}`;
  const values = settings.parse({
    SANDBOX_DIRECTORY: directory,
    SANDBOX_PUBLIC_URL: webUrl,
    SANDBOX_WEBHOOK_URL: 'http://127.0.0.1:9/webhooks/github',
    GITHUB_APP_ID: String(appId),
    GITHUB_APP_PRIVATE_KEY: privateKey.replaceAll('\n', '\\n'),
    GITHUB_CLIENT_ID: clientId,
    GITHUB_CLIENT_SECRET: clientSecret,
    GITHUB_WEBHOOK_SECRET: webhookSecret,
    LOG_LEVEL: 'silent',
    ...overrides,
  });
  let aheadMs = 0;
  const logger = createLogger({ app: 'sandbox', level: values.LOG_LEVEL });
  const start = () => startSandbox({ settings: values, logger, now: () => Date.now() + aheadMs }, port);
  let sandbox: Sandbox = await start();
  const apiUrl = `${webUrl}/api/v3`;
  return {
    webUrl,
    apiUrl,
    directory,
    repositories: path.join(directory, 'repositories'),
    advance: (ms) => {
      aheadMs += ms;
    },
    octokit: (token) => new Octokit({ baseUrl: apiUrl, log: quiet, ...(token === undefined ? {} : { auth: token }) }),
    signIn: (login) => signIn(webUrl, login),
    async restart() {
      await sandbox.close();
      sandbox = await start();
    },
    async stop() {
      await sandbox.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Goes through the authorize page's form and the code exchange, as a browser and the platform would. */
export async function signIn(webUrl: string, login: string): Promise<string> {
  const code = await authorize(webUrl, { login });
  const response = await fetch(`${webUrl}/login/oauth/access_token`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, code }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

/** Sends the form of the authorize page; returns the code in the address that it leads back to. */
export async function authorize(webUrl: string, form: Record<string, string>): Promise<string> {
  const response = await fetch(`${webUrl}/login/oauth/authorize`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: webUrl },
    body: new URLSearchParams({ client_id: clientId, redirect_uri: 'http://127.0.0.1:4301/callback', ...form }),
  });
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
