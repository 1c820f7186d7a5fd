import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, freePort, startRabbitMq, startRedis } from '@zarpa/testing';
import { execa } from 'execa';
import { App } from './app.ts';
import { sharedEnvironment } from './settings.ts';

export interface PlatformOptions {
  readonly web?: boolean;
  readonly workers?: number;
  /** An address of this machine that builds in a cluster reach the sandbox at. */
  readonly sandboxHost?: string;
  /** Settings that differ from what `npm start` gives. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly workerEnvironment?: Readonly<Record<string, string>>;
}

/** The whole product on ports, a database, brokers and a folder of its own. */
export interface Platform {
  readonly directory: string;
  readonly apiUrl: string;
  readonly webUrl: string;
  readonly sandboxUrl: string;
  readonly databaseUrl: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly api: App;
  readonly workers: readonly App[];
  readonly sandbox: App;
  readonly web: App;
  readonly rabbitmq: OwnServer;
  readonly redis: OwnServer;
  stop(): Promise<void>;
}

type OwnServer = Awaited<ReturnType<typeof startRedis>>;

const repository = new URL('../../../', import.meta.url).pathname;

/** Starts everything and waits until it answers. Brokers are its own, so that a test may kill them. */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const directory = await mkdtemp(join(tmpdir(), 'zarpa-e2e-'));
  await Promise.all(['logs', 'rabbitmq', 'redis', 'sandbox', 'engine'].map((name) => mkdir(join(directory, name))));
  const [database, rabbitmq, redis] = await Promise.all([
    createTestDatabase({ key: await migrationsKey(), migrate }),
    startRabbitMq({ directory: join(directory, 'rabbitmq'), port: await freePort() }),
    startRedis({ directory: join(directory, 'redis'), port: await freePort() }),
  ]);
  const ports = { web: await freePort(), api: await freePort(), sandbox: await freePort() };
  const environment = {
    ...sharedEnvironment({
      databaseUrl: database.url,
      rabbitmqUrl: rabbitmq.url,
      redisUrl: redis.url,
      redisKeyPrefix: 'e2e:',
      ports,
      sandboxHost: options.sandboxHost ?? 'localhost',
      directory,
    }),
    ...options.environment,
  };
  const app = (
    name: string,
    command: readonly [string, ...string[]],
    readyUrl: string,
    extra: Record<string, string> = {},
  ) =>
    new App({
      name,
      command,
      readyUrl,
      environment: { ...environment, ...extra },
      logFile: join(directory, 'logs', `${name}.log`),
    });
  const sandbox = app('sandbox', ['apps/sandbox/dist/main.js'], `http://localhost:${ports.sandbox}/health/ready`);
  const api = app('api', ['apps/api/dist/main.js'], `http://localhost:${ports.api}/health/ready`);
  const workers = await Promise.all(
    Array.from({ length: options.workers ?? 1 }, async (_, index) => {
      const port = await freePort();
      return app(`worker-${index + 1}`, ['apps/worker/dist/main.js'], `http://localhost:${port}/health/live`, {
        WORKER_PORT: String(port),
        WORKER_STOP_BOTS_ON_EXIT: '1',
        ...options.workerEnvironment,
      });
    }),
  );
  const web = new App({
    name: 'web',
    command: ['apps/web/src/start.ts'],
    workingDirectory: 'apps/web',
    environment,
    readyUrl: `http://localhost:${ports.web}/`,
    logFile: join(directory, 'logs', 'web.log'),
  });

  const stop = async () => {
    await Promise.all([web.stop(), ...workers.map((worker) => worker.stop())]);
    await Promise.all([api.stop(), sandbox.stop()]);
    await Promise.all([rabbitmq.stop(), redis.stop(), database.drop()]);
  };
  try {
    await Promise.all([sandbox.start(), api.start(), ...workers.map((worker) => worker.start())]);
    if (options.web === true) await web.start();
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    directory,
    apiUrl: `http://localhost:${ports.api}`,
    webUrl: `http://localhost:${ports.web}`,
    sandboxUrl: `http://${options.sandboxHost ?? 'localhost'}:${ports.sandbox}`,
    databaseUrl: database.url,
    environment,
    api,
    workers,
    sandbox,
    web,
    rabbitmq,
    redis,
    async stop() {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function migrationsKey(): Promise<string> {
  const folder = `${repository}apps/api/dist/database/migrations`;
  const files = (await readdir(folder)).filter((file) => file.endsWith('.js')).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(join(folder, file)));
  return hash.digest('hex');
}

async function migrate(databaseUrl: string): Promise<void> {
  await execa(process.execPath, [`${repository}apps/api/dist/migrate.js`], { env: { DATABASE_URL: databaseUrl } });
}
