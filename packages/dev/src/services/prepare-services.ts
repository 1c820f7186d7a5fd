import { report } from '../terminal/report.ts';
import { findServices, type Installation } from './find-services.ts';
import { ensureDatabase, withDatabase } from './probe-postgresql.ts';
import { ensureVirtualHost } from './virtual-host.ts';

/** How the apps reach the services, under the names of their settings. */
export interface ServiceSettings {
  readonly DATABASE_URL: string;
  readonly RABBITMQ_URL: string;
  readonly RABBITMQ_NAME_PREFIX: string;
  readonly REDIS_URL: string;
  readonly REDIS_KEY_PREFIX: string;
}

/** Finds or starts the services, and makes this checkout's own database, virtual host and key prefix in them. */
export async function prepareServices(installation: Installation): Promise<ServiceSettings> {
  const found = await findServices(installation);
  const { name } = installation.workspace;
  const [databaseUrl, broker] = await Promise.all([
    prepareDatabase(found.postgresql, name),
    prepareBroker(found.rabbitmq, name),
  ]);
  return { DATABASE_URL: databaseUrl, ...broker, REDIS_URL: found.redis, REDIS_KEY_PREFIX: `${name}:` };
}

async function prepareDatabase(url: string, name: string): Promise<string> {
  const database = namedIn(url) ?? name;
  if (await ensureDatabase(url, database)) report('PostgreSQL', `created the database ${database}`);
  return withDatabase(url, database);
}

async function prepareBroker(
  url: string,
  name: string,
): Promise<Pick<ServiceSettings, 'RABBITMQ_URL' | 'RABBITMQ_NAME_PREFIX'>> {
  if (namedIn(url) !== undefined) return { RABBITMQ_URL: url, RABBITMQ_NAME_PREFIX: '' };
  const ownHost = await ensureVirtualHost(url, name);
  if (ownHost !== undefined) return { RABBITMQ_URL: ownHost, RABBITMQ_NAME_PREFIX: '' };
  report('RabbitMQ', `no virtual host may be created here; names on the shared one begin with ${name}.`);
  return { RABBITMQ_URL: url, RABBITMQ_NAME_PREFIX: `${name}.` };
}

/** The database or virtual host that an address names, if it names one. */
function namedIn(url: string): string | undefined {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  return name === '' ? undefined : name;
}
