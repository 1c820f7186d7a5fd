import { createHash, randomUUID } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { addresses } from './addresses.ts';

/** A database of one test file. */
export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  /** Stays for the next run. */
  readonly template: string;
  drop(): Promise<void>;
}

const templateLock = 7_305_101;

/**
 * Clones a migrated template, which is far quicker than migrating: the first caller with a `key` makes the template by
 * `migrate(url)`, all later ones on this server share it. Change the key whenever the migrations change (a hash of them).
 * `migrate` must close its connections.
 */
export async function createTestDatabase(options: {
  key: string;
  migrate: (url: string) => Promise<void>;
}): Promise<TestDatabase> {
  const template = `zarpa_template_${createHash('sha256').update(options.key).digest('hex').slice(0, 16)}`;
  const name = `zarpa_test_${randomUUID().replaceAll('-', '')}`;
  await withAdmin(async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [templateLock]);
    await ensureTemplate(admin, template, options.migrate);
    await admin.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`);
  });
  return {
    name,
    template,
    url: urlOf(name),
    drop: () => withAdmin((admin) => dropDatabase(admin, name)),
  };
}

async function ensureTemplate(admin: Client, template: string, migrate: (url: string) => Promise<void>) {
  const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
  if (rowCount) return;

  const unfinished = `${template}_new`;
  await dropDatabase(admin, unfinished);
  await admin.query(`CREATE DATABASE ${escapeIdentifier(unfinished)}`);
  await migrate(urlOf(unfinished));
  await admin.query(`ALTER DATABASE ${escapeIdentifier(unfinished)} RENAME TO ${escapeIdentifier(template)}`);
}

async function dropDatabase(admin: Client, name: string): Promise<void> {
  await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
}

async function withAdmin(work: (admin: Client) => Promise<void>): Promise<void> {
  const admin = new Client({ connectionString: addresses.database() });
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(addresses.database());
  url.pathname = `/${database}`;
  return url.href;
}
