import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectTestCluster } from '@zarpa/test-cluster';
import { createTestDatabase, freePort, startRabbitMq, startRedis, waitFor } from '@zarpa/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isReady, Kubernetes } from '../chart/kubernetes.ts';
import { Customer } from '../platform/customer.ts';
import { NpmStart } from './npm-start.ts';

const { kubeconfig, registry, hostAddress } = connectTestCluster();
const kubernetes = new Kubernetes(kubeconfig);
const name = `t_start_${randomBytes(3).toString('hex')}`;
const prefix = name.replaceAll('_', '-');

let directory: string;
let environment: Record<string, string>;
let platform: { webUrl: string; apiUrl: string };
const starts: NpmStart[] = [];
let customer: Customer;
let instanceId: string;
let botUid: string | undefined;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  if (hostAddress === null) throw new Error('Builds fetch from this machine: the cluster file must name hostAddress');
  directory = await mkdtemp(path.join(tmpdir(), 'zarpa-start-'));
  await Promise.all(['rabbitmq', 'redis'].map((folder) => mkdir(path.join(directory, folder))));
  const [database, rabbitmq, redis] = await Promise.all([
    createTestDatabase({ key: 'empty', migrate: async () => {} }),
    startRabbitMq({ directory: path.join(directory, 'rabbitmq'), port: await freePort() }),
    startRedis({ directory: path.join(directory, 'redis'), port: await freePort() }),
  ]);
  closing.push(
    database.drop,
    () => rabbitmq.stop(),
    () => redis.stop(),
  );
  const [web, api, sandbox, worker] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  platform = { webUrl: `http://localhost:${web}`, apiUrl: `http://localhost:${api}` };
  environment = {
    KUBECONFIG: kubeconfig,
    HOST_ADDRESS: hostAddress,
    REGISTRY_HOST: registry.host,
    REGISTRY_USERNAME: registry.username,
    REGISTRY_PASSWORD: registry.password.reveal(),
    REGISTRY_INSECURE: String(registry.insecure),
    REGISTRY_MIRROR: `${hostAddress}:5000`,
    REGISTRY_MIRROR_INSECURE: 'true',
    CLUSTER_DNS_CIDRS: `${hostAddress}/32`,
    ZARPA_HOME: directory,
    ZARPA_NAME: name,
    DATABASE_URL: database.url,
    RABBITMQ_URL: rabbitmq.url,
    REDIS_URL: redis.url,
    WEB_PORT: String(web),
    API_PORT: String(api),
    SANDBOX_PORT: String(sandbox),
    WORKER_PORT: String(worker),
  };
});

afterAll(async () => {
  customer?.leave();
  await Promise.all(starts.map((one) => one.interrupt()));
  await kubernetes.removeNamespaces(prefix);
  await Promise.all(closing.map((close) => close()));
  await rm(directory, { recursive: true, force: true });
});

async function npmStart(): Promise<NpmStart> {
  const started = new NpmStart(environment);
  starts.push(started);
  await started.up();
  return started;
}

const botPod = async () =>
  (await kubernetes.pods(`${prefix}-bots-00`, `zarpa.dev/instance=${instanceId}`)).find(isReady);

test('npm start with a kubeconfig says which cluster it uses, and runs a repository there as a pod', async () => {
  const started = await npmStart();
  const server = kubernetes.config.getCurrentCluster()?.server;
  expect(started.printed).toMatch(new RegExp(`^Kubernetes +v\\S+ found at ${server} `, 'm'));
  expect(started.printed).toContain(`${prefix}-…`);
  customer = await Customer.arrive(platform);
  instanceId = (await customer.createInstance({ name: 'Eco', repository: 'zarpa-exemplos/bot-eco-node' })).instanceId;
  await customer.until(instanceId, 'running', 240_000);
  botUid = (await botPod())?.metadata?.uid;
  expect(botUid).toBeDefined();
  const lines = await customer.watchLog(instanceId);
  await waitFor(() => lines.length > 0, { timeoutMs: 30_000, describe: 'lines of the bot' });
});

test('Ctrl-C stops everything here, and the bot goes on', async () => {
  customer.leave();
  expect(await starts[0]?.interrupt()).toBe(0);
  await expect(fetch(platform.webUrl)).rejects.toThrow();
  await expect(fetch(platform.apiUrl)).rejects.toThrow();
  expect((await botPod())?.metadata?.uid).toBe(botUid);
});

test('the next start finds the bot again, with its log, and deletes it', async () => {
  const restartedAt = Date.now();
  await npmStart();
  await customer.until(instanceId, 'running');
  const pod = await botPod();
  expect(pod?.metadata?.uid).toBe(botUid);
  expect(pod?.status?.containerStatuses?.[0]?.restartCount).toBe(0);
  const lines = await customer.watchLog(instanceId);
  const isNew = () => lines.some(({ at }) => at > restartedAt);
  await waitFor(isNew, { timeoutMs: 60_000, describe: 'lines that the bot wrote since' });
  await customer.delete(instanceId);
  await waitFor(async () => (await botPod()) === undefined, { timeoutMs: 60_000, describe: 'the end of the bot' });
});
