import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settings } from '../settings.ts';
import { openSecrets } from '../workspace/secrets.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { findServices } from './find-services.ts';
import { prepareServices } from './prepare-services.ts';
import { withDatabase } from './probe-postgresql.ts';
import { canOpenVirtualHost, withVirtualHost } from './probe-rabbitmq.ts';
import { probeRedis } from './probe-redis.ts';
import { ensureVirtualHost } from './virtual-host.ts';

const searchPath = process.env.PATH;
let home = '';
let name = '';
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'zarpa-services-'));
  name = `zarpa_test_${randomBytes(4).toString('hex')}`;
});
afterEach(() => {
  process.env.PATH = searchPath;
  rmSync(home, { recursive: true });
});

/** The services that this machine's tests use, without what their addresses name. */
function installation(more: Record<string, string> = {}) {
  const environment = { ...process.env, ...more, ZARPA_HOME: home, ZARPA_NAME: name };
  const parsed = settings.parse({ ...environment, ...bareAddresses(environment) });
  const workspace = openWorkspace(parsed);
  return { settings: parsed, workspace, secrets: openSecrets(workspace) };
}

function bareAddresses({ DATABASE_URL, RABBITMQ_URL }: Readonly<Record<string, string | undefined>>) {
  const bare = (url: string | undefined) => (url ? Object.assign(new URL(url), { pathname: '' }).href : undefined);
  return { DATABASE_URL: bare(DATABASE_URL), RABBITMQ_URL: bare(RABBITMQ_URL) };
}

async function dropDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(url, 'postgres') });
  await client.connect();
  await client.query(`drop database if exists ${client.escapeIdentifier(name)}`);
  await client.end();
}

describe('on the services of this machine', () => {
  test('a checkout gets a database and a place in the broker of its own, once', async () => {
    const first = await prepareServices(installation());
    try {
      expect(new URL(first.DATABASE_URL).pathname).toBe(`/${name}`);
      expect(first.REDIS_KEY_PREFIX).toBe(`${name}:`);
      expect([new URL(first.RABBITMQ_URL).pathname, first.RABBITMQ_NAME_PREFIX]).toSatisfy(
        ([host, prefix]) => (host === `/${name}` && prefix === '') || prefix === `${name}.`,
      );
      await expect(prepareServices(installation())).resolves.toEqual(first);
    } finally {
      await dropDatabase(first.DATABASE_URL);
      await execa('rabbitmqctl', ['delete_vhost', name], { reject: false });
    }
  });

  test('without a way to create a virtual host, none is claimed', async () => {
    const { rabbitmq } = await findServices(installation());
    process.env.PATH = '/nowhere';
    await expect(ensureVirtualHost(rabbitmq, name)).resolves.toBeUndefined();
    await expect(canOpenVirtualHost(withVirtualHost(rabbitmq, name))).resolves.toBe(false);
  });

  test('an address that leads nowhere is told by its variable, and nothing is started for it', async () => {
    const nowhere = installation({ REDIS_URL: 'redis://127.0.0.1:1' });
    await expect(findServices(nowhere)).rejects.toThrow('REDIS_URL is set, but nothing answers there.');
  });

  test('a server of another kind is not taken for Redis', async () => {
    const { postgresql } = await findServices(installation());
    await expect(probeRedis(`redis://${new URL(postgresql).host}`)).resolves.toMatchObject({ state: 'foreign' });
  });
});
