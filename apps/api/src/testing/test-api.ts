import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { eventCatalog } from '@zarpa/contracts';
import { createTopology, Publisher } from '@zarpa/messaging';
import { createLogger } from '@zarpa/observability';
import { createTestDatabase, createTestRedis, createTestVirtualHost, freePort } from '@zarpa/testing';
import { Redis } from 'ioredis';
import pg from 'pg';
import { migrate } from '../database/migrate.ts';
import { migrations as loadedMigrations } from '../database/migrations/index.ts';
import { apiSettings } from '../settings.ts';
import { type RunningApi, startApi } from '../start-api.ts';
import { startSandbox, type TestSandbox } from './sandbox.ts';

const migrations = new URL('../database/migrations/', import.meta.url);

/** Everything that an API needs, for one test file alone. */
export interface TestApi {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  readonly api: RunningApi;
  readonly database: pg.Pool;
  readonly redis: Redis;
  readonly sandbox: TestSandbox;
  /** Publishes events as a worker does. */
  readonly events: Publisher<typeof eventCatalog>;
  /** Another process's worth of API on the same services. */
  another(): Promise<RunningApi>;
  stop(): Promise<void>;
}

export const webOrigin = 'http://localhost:4300';

/** Databases are copied from a template that is made once for the same migrations: those of this process, and their files' text. */
function migrationsKey(): string {
  const key = createHash('sha256');
  for (const migration of loadedMigrations) key.update(migration.name);
  for (const file of readdirSync(migrations).sort()) key.update(readFileSync(new URL(file, migrations)));
  return key.digest('hex');
}

export async function startTestApi(settings: Record<string, string> = {}): Promise<TestApi> {
  const [port, broker, redisPart] = [await freePort(), await createTestVirtualHost(), createTestRedis()];
  const key = migrationsKey();
  const database = await createTestDatabase({ key, migrate: async (url) => void (await migrate(url)) });
  const url = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox(`${url}/webhooks/github`);
  const env = {
    DATABASE_URL: database.url,
    RABBITMQ_URL: broker.url,
    RABBITMQ_NAME_PREFIX: broker.namePrefix,
    REDIS_URL: redisPart.url,
    REDIS_KEY_PREFIX: redisPart.keyPrefix,
    ENVIRONMENT_KEYS: `test:${randomBytes(32).toString('base64')}`,
    TICKET_SECRET: randomBytes(32).toString('hex'),
    API_PUBLIC_URL: url,
    API_INTERNAL_URL: url,
    WEB_ORIGIN: webOrigin,
    BRANCH_POLL_INTERVAL: '1h',
    WRITES_PER_MINUTE: '100000',
    SESSIONS_PER_HOUR: '100000',
    LOG_LEVEL: 'silent',
    ...sandbox.settings,
    ...settings,
  };
  const api = await startApi(apiSettings.parse(env), { port });
  const pool = new pg.Pool({ connectionString: database.url, options: '-c search_path=platform', max: 3 });
  pool.on('error', () => undefined);
  const redis = new Redis(env.REDIS_URL);
  redis.on('error', () => undefined);
  const topology = createTopology({ namePrefix: broker.namePrefix });
  const events = new Publisher({
    url: broker.url,
    catalog: eventCatalog,
    exchange: topology.eventExchange,
    queues: [topology.eventQueue('api')],
    logger: createLogger({ app: 'test', level: 'silent' }),
  });
  events.start();
  const others: RunningApi[] = [];
  return {
    url,
    env,
    api,
    database: pool,
    redis,
    sandbox,
    events,
    async another() {
      const other = await startApi(apiSettings.parse(env), { port: 0 });
      others.push(other);
      return other;
    },
    async stop() {
      await Promise.all([api, ...others].map((running) => running.close()));
      await Promise.all([events.close(), pool.end(), sandbox.stop()]);
      redis.disconnect();
      await Promise.all([database.drop(), broker.drop(), redisPart.drop()]);
    },
  };
}
