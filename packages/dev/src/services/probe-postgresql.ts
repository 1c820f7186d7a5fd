import os from 'node:os';
import pg from 'pg';
import { errorCode, errorText } from '../terminal/problem.ts';
import type { Probe } from './service.ts';

const absentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);
/** invalid_authorization_specification, invalid_password, insufficient_privilege */
const refusedCodes = new Set(['28000', '28P01', '42501']);

interface Candidates {
  readonly port: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The role that Zarpa makes for itself where no other may create a database. */
  readonly ownRole: { readonly name: string; readonly password: string };
}

/**
 * Addresses at which PostgreSQL may let us in: the libpq variables when any is set, then `postgres`, this user, our own role.
 * A password is always sent; where `trust` rules it is ignored.
 */
export function postgresCandidates({ port, environment, ownRole }: Candidates): string[] {
  const { PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE } = environment;
  const user = os.userInfo().username;
  const local = (name: string, password: string) => postgresUrl({ host: '127.0.0.1', port, name, password });
  const candidates = [local('postgres', 'postgres'), local(user, user), local(ownRole.name, ownRole.password)];
  if (!PGHOST && !PGPORT && !PGUSER && !PGPASSWORD) return candidates;
  const host = !PGHOST || PGHOST.startsWith('/') ? '127.0.0.1' : PGHOST;
  const named = postgresUrl({
    host,
    port: Number(PGPORT ?? port),
    name: PGUSER ?? user,
    password: PGPASSWORD ?? 'postgres',
  });
  return [PGDATABASE ? withDatabase(named, PGDATABASE) : named, ...candidates];
}

function postgresUrl({ host, port, name, password }: { host: string; port: number; name: string; password: string }) {
  return `postgres://${encodeURIComponent(name)}:${encodeURIComponent(password)}@${host}:${port}`;
}

/** The same server and user, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** Tries the candidates in order; the first that may create databases, or already has the wanted one, answers. */
export async function probePostgresql(candidates: readonly string[], database: string): Promise<Probe> {
  let refusal: Probe | undefined;
  for (const url of candidates) {
    const probe = await probeOne(url, database);
    if (probe.state === 'answers' || probe.state === 'foreign') return probe;
    if (probe.state === 'refuses') refusal ??= probe;
  }
  return refusal ?? { state: 'absent' };
}

async function probeOne(url: string, database: string): Promise<Probe> {
  try {
    return await withClient(maintenanceUrl(url), async (client) => {
      const { rows } = await client.query<{ version: string; usable: boolean }>(
        `select current_setting('server_version') as version,
                rolsuper or rolcreatedb or exists (select from pg_database where datname = $1) as usable
           from pg_roles where rolname = current_user`,
        [database],
      );
      const row = rows[0];
      if (row?.usable) return { state: 'answers', url, version: row.version };
      return { state: 'refuses', detail: `user ${new URL(url).username} may not create a database` };
    });
  } catch (error) {
    const code = errorCode(error);
    if (absentCodes.has(code)) return { state: 'absent' };
    if (refusedCodes.has(code)) return { state: 'refuses', detail: `it answered: ${errorText(error)}` };
    return { state: 'foreign', detail: errorText(error) };
  }
}

/** Every server has the database `postgres`; the one in the address may not exist yet. */
function maintenanceUrl(url: string): string {
  return withDatabase(url, 'postgres');
}

/** Creates the database unless it is there. Returns true when it was created. */
export async function ensureDatabase(url: string, database: string): Promise<boolean> {
  return withClient(maintenanceUrl(url), async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount) return false;
    await client.query(`create database ${client.escapeIdentifier(database)}`);
    return true;
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
