import { execa } from 'execa';
import { z } from 'zod';
import { Problem } from '../terminal/problem.ts';

const Clusters = z.array(
  z.object({ version: z.coerce.string(), cluster: z.string(), port: z.coerce.number(), running: z.coerce.number() }),
);
export type Cluster = z.output<typeof Clusters>[number];

const ownCluster = 'zarpa';

/** Starts Debian's cluster on this port, creating one when none is configured there. */
export async function startDebianPostgresql(port: number): Promise<void> {
  const { stdout } = await execa('pg_lsclusters', ['--json']);
  const clusters = Clusters.parse(JSON.parse(stdout));
  const cluster = clusterOnPort(clusters, port);
  if (cluster?.running) return;
  if (cluster) {
    await execa('pg_ctlcluster', [cluster.version, cluster.cluster, 'start']);
    return;
  }
  const version = await newestServerVersion();
  await execa('pg_createcluster', [version, `${ownCluster}_${port}`, '--port', String(port), '--start']);
}

/** The cluster that is configured for a port. */
export function clusterOnPort(clusters: readonly Cluster[], port: number): Cluster | undefined {
  return clusters.find((cluster) => cluster.port === port);
}

async function newestServerVersion(): Promise<string> {
  const { stdout } = await execa('ls', ['/usr/lib/postgresql']);
  const [newest] = stdout
    .split('\n')
    .filter((name) => /^\d+$/.test(name))
    .toSorted((a, b) => Number(b) - Number(a));
  if (newest === undefined) throw new Problem('The package postgresql is installed but brought no server.');
  return newest;
}

/** Makes a role that may create databases, as the account that owns Debian's server. Needs root. */
export async function ensureOwnRole(role: { name: string; password: string; port: number }): Promise<void> {
  const name = `"${role.name.replaceAll('"', '""')}"`;
  const password = `'${role.password.replaceAll("'", "''")}'`;
  const sql = `
    do $do$ begin
      if not exists (select from pg_roles where rolname = '${role.name.replaceAll("'", "''")}') then
        create role ${name} login createdb;
      end if;
    end $do$;
    alter role ${name} password ${password};`;
  const command = ['-u', 'postgres', '--', 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-p', String(role.port)];
  const result = await execa('runuser', [...command, '-d', 'postgres', '-f', '-'], {
    input: sql,
    reject: false,
    timeout: 30_000,
    cwd: '/',
  });
  if (!result.failed) return;
  throw new Problem(
    `PostgreSQL at port ${role.port} lets none of the usual users in, and no role could be made as its owner: ${result.stderr}\nSet DATABASE_URL to an address that may create a database.`,
    { cause: result },
  );
}
