import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  ClusterId,
  type ClusterInventory,
  commandCatalog,
  type DeploymentLogged,
  type DeploymentProgress,
  type DesiredInstance,
  eventCatalog,
  newId,
  type ObservedInstance,
  PlanId,
  runLogStreamKey,
} from '@zarpa/contracts';
import { Consumer, createTopology, Publisher } from '@zarpa/messaging';
import { createLogger } from '@zarpa/observability';
import { createTestRedis, createTestVirtualHost, freePort, type TestBroker, waitFor } from '@zarpa/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { steadyBot } from './engines/contract/bots.ts';
import { SourceServer } from './engines/contract/source-server.ts';
import { workerSettings } from './settings.ts';
import { startWorker, type Worker } from './start-worker.ts';

const clusterId = ClusterId.parse('here');
const key = randomBytes(32);
const secretValue = `s3cr3t-${randomBytes(8).toString('hex')}`;
const logger = createLogger({ app: 'test', level: 'silent' });
const redis = createTestRedis();

let broker: TestBroker;
let directory: string;
let sources: SourceServer;
let worker: Worker;
let commands: Publisher<typeof commandCatalog>;
let events: Consumer<typeof eventCatalog>;

const observed = new Map<string, ObservedInstance>();
const progress = new Map<string, DeploymentProgress>();
const logged = new Map<string, DeploymentLogged>();
const inventories: ClusterInventory[] = [];
const everything: string[] = [];

beforeAll(async () => {
  broker = await createTestVirtualHost();
  directory = await mkdtemp(join(tmpdir(), 'zarpa-worker-'));
  sources = await SourceServer.start('127.0.0.1');
  const topology = createTopology({ namePrefix: broker.namePrefix });
  const hear =
    <T>(keep: (event: T) => void) =>
    async (event: T) => {
      everything.push(JSON.stringify(event));
      keep(event);
    };
  events = new Consumer({
    url: broker.url,
    queue: topology.eventQueue('api'),
    catalog: eventCatalog,
    logger,
    handlers: {
      'instance.observed': hear((event) => observed.set(event.observed.instanceId, event.observed)),
      'deployment.progressed': hear((event) => progress.set(event.progress.deploymentId, event.progress)),
      'deployment.logged': hear((event) => logged.set(event.deploymentId, event)),
      'cluster.inventory': hear((event) => inventories.push(event)),
      'instance.qr': hear(() => undefined),
      'metrics.rolled_up': hear(() => undefined),
      'cluster.reported': hear(() => undefined),
    },
  });
  events.start();
  commands = new Publisher({
    url: broker.url,
    catalog: commandCatalog,
    exchange: topology.commandExchange,
    queues: [topology.commandQueue(clusterId)],
    logger,
  });
  commands.start();
  worker = await startWorker(
    workerSettings.parse({
      RABBITMQ_URL: broker.url,
      RABBITMQ_NAME_PREFIX: broker.namePrefix,
      REDIS_URL: redis.url,
      REDIS_KEY_PREFIX: redis.keyPrefix,
      ENVIRONMENT_KEYS: `k1:${key.toString('base64')}`,
      CLUSTER_ID: clusterId,
      ENGINE_DIRECTORY: directory,
      WORKER_PORT: String(await freePort()),
      WORKER_STOP_BOTS_ON_EXIT: '1',
      LOG_LEVEL: 'silent',
    }),
  );
  await worker.ready;
});

afterAll(async () => {
  for (const step of worker.shutdown) await step.run();
  await commands.close();
  await events.close();
  await redis.drop();
  await broker.drop();
  await sources[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

function seal(deploymentId: string, variables: Record<string, string>) {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(deploymentId));
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(variables), 'utf8'), cipher.final()]);
  const tag = cipher.getAuthTag().toString('base64');
  return { keyId: 'k1', nonce: nonce.toString('base64'), ciphertext: ciphertext.toString('base64'), tag };
}

async function newDesired(): Promise<DesiredInstance> {
  const deploymentId = newId('deployment');
  const files = { ...steadyBot('one'), 'build.js': 'console.log("built with", process.env.GREETING);' };
  const manifest = { name: 'bot', type: 'module', scripts: { build: 'node build.js', start: 'node index.js' } };
  return {
    instanceId: newId('instance'),
    ownerId: newId('owner'),
    clusterId,
    generation: 1,
    state: 'running',
    restartRevision: 0,
    limits: { planId: PlanId.parse('development'), memoryMb: 256, cpuMillis: 500, storageMb: 512 },
    deployment: {
      deploymentId,
      source: {
        kind: 'repository',
        repository: 'owner/name',
        commitSha: '0123456789abcdef0123456789abcdef01234567',
        rootDirectory: '',
        archiveUrl: await sources.publish({ ...files, 'package.json': JSON.stringify(manifest) }),
        archiveExpiresAt: Date.now() + 3_600_000,
      },
      overrides: { install: null, build: null, start: null },
      artifact: null,
      environment: seal(deploymentId, { GREETING: secretValue }),
    },
  };
}

const send = (name: keyof typeof commandCatalog, desired: DesiredInstance) =>
  commands.publish(
    name,
    { version: 1, messageId: newId('message'), issuedAt: Date.now(), desired },
    { routingKey: clusterId },
  );

describe('worker', () => {
  it('a secret appears in no log, message, event or build output, while its bot is deployed, told of and purged', async () => {
    const desired = await newDesired();
    const { instanceId } = desired;
    const deploymentId = desired.deployment?.deploymentId ?? '';
    await send('instance.deploy', desired);
    await waitFor(() => progress.get(deploymentId)?.status === 'succeeded', {
      timeoutMs: 30_000,
      describe: 'deployed',
    });
    await waitFor(() => observed.get(instanceId)?.settled, { describe: 'settled' });

    const stored = new Redis(redis.url);
    const entries = await waitFor(
      async () => {
        const found = await stored.xrange(runLogStreamKey(redis.keyPrefix, instanceId), '-', '+');
        return found.length >= 3 && found;
      },
      { describe: 'lines in the stream' },
    );
    stored.disconnect();
    expect(JSON.stringify(entries)).toContain('greets ••••••');

    const event = await waitFor(() => logged.get(deploymentId), { describe: 'the build log is sent' });
    const buildLog = gunzipSync(Buffer.from(event.gzippedJsonLines, 'base64')).toString('utf8');
    expect(buildLog).toContain('built with ••••••');
    expect(`${buildLog}${JSON.stringify(entries)}${everything.join('')}`).not.toContain(secretValue);

    await send('instance.purge', { ...desired, generation: 2, state: 'purged' });
    await waitFor(() => observed.get(instanceId)?.state === 'purged', { describe: 'purged' });
  });

  it('tells what it keeps when it starts', async () => {
    const inventory = await waitFor(() => inventories[0], { describe: 'an inventory' });
    expect(inventory).toMatchObject({ clusterId, engine: 'local' });
  });
});
