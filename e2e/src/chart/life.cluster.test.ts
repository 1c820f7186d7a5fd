import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectTestCluster } from '@zarpa/test-cluster';
import { freePort, waitFor } from '@zarpa/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Customer } from '../platform/customer.ts';
import { buildImages } from './images.ts';
import { isReady, Kubernetes } from './kubernetes.ts';
import { chartFolder, helm } from './programs.ts';
import { trialValues } from './values.ts';

const { kubeconfig, registry, hostAddress } = connectTestCluster();
const kubernetes = new Kubernetes(kubeconfig);
const namespace = `t-chart-${randomBytes(3).toString('hex')}`;
const account = `system:serviceaccount:${namespace}:zarpa-worker`;
const shard = `${namespace}-bots-00`;
const [webPort, apiPort] = await Promise.all([freePort(), freePort()]);
const platform = { webUrl: `http://localhost:${webPort}`, apiUrl: `http://localhost:${apiPort}` };

let work: string;
let values: ReturnType<typeof trialValues>;
let keys: Record<string, string>;
let customer: Customer;
let instanceId: string;
let botUid: string | undefined;
const closing: (() => void)[] = [];

const release = (args: readonly string[], given?: unknown) =>
  helm([...args, '--namespace', namespace], { kubeconfig, ...(given === undefined ? {} : { values: given }) });
const wait = ['--wait', '--timeout', '8m'];

beforeAll(async () => {
  const images = await buildImages(registry);
  work = await mkdtemp(path.join(tmpdir(), 'zarpa-chart-'));
  await kubernetes.createNamespace(namespace, registry);
  values = trialValues({ images, registry, hostAddress, namespacePrefix: namespace, ...platform });
});
afterAll(async () => {
  customer?.leave();
  for (const close of closing) close();
  await release(['uninstall', 'zarpa', '--ignore-not-found', '--no-hooks']);
  await kubernetes.removeNamespaces(namespace);
  await rm(work, { recursive: true, force: true });
});

/** The chart as it was before: there is no older one yet, so this one with a lower version. */
async function previousChart(): Promise<string> {
  const folder = path.join(work, 'zarpa');
  await cp(chartFolder, folder, { recursive: true });
  const file = path.join(folder, 'Chart.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace(/^version: .*$/m, 'version: 0.0.9'));
  return folder;
}

async function apiSetting(name: string): Promise<string | undefined> {
  const { spec } = await kubernetes.apps.readNamespacedDeployment({ namespace, name: 'zarpa-api' });
  return spec?.template.spec?.containers[0]?.env?.find((variable) => variable.name === name)?.value;
}

async function botPod() {
  return (await kubernetes.pods(shard, `zarpa.dev/instance=${instanceId}`)).find(isReady);
}

test('a first installation brings up a platform that answers, under Pod Security restricted', async () => {
  await release(['install', 'zarpa', await previousChart(), ...wait], values);
  closing.push(await kubernetes.forward(namespace, 'api', 4301, apiPort));
  closing.push(await kubernetes.forward(namespace, 'web', 4300, webPort));
  const ready = await fetch(`${platform.apiUrl}/health/ready`);
  expect(await ready.json()).toEqual({ status: 'ok', failing: [] });
  const page = await (await fetch(platform.webUrl)).text();
  expect(page).toContain(platform.apiUrl);
  keys = await kubernetes.secret(namespace, 'zarpa-keys');
  expect(Buffer.from(keys.ENVIRONMENT_KEYS?.replace('k1:', '') ?? '', 'base64')).toHaveLength(32);
});

test('the worker may do what it does, and changes nothing outside of its own namespaces', async () => {
  expect(
    await kubernetes.may(account, { verb: 'patch', group: 'apps', resource: 'statefulsets', namespace: shard }),
  ).toBe(true);
  for (const verb of ['get', 'list', 'watch']) {
    expect(await kubernetes.may(account, { verb, resource: 'secrets', namespace: shard })).toBe(false);
  }
  for (const [verb, resource] of [
    ['create', 'pods'],
    ['create', 'pods/exec'],
    ['create', 'clusterrolebindings'],
  ] as const) {
    expect(await kubernetes.may(account, { verb, resource, namespace: shard })).toBe(false);
  }
  const worker = await kubernetes.as(namespace, 'zarpa-worker');
  const quota = (place: string) => ({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'foreign', namespace: place },
    spec: { hard: { pods: '0' } },
  });
  await expect(worker.create(quota('default'))).rejects.toThrow('Workers change nothing outside');
  await expect(worker.create(quota(namespace))).rejects.toThrow('Workers change nothing outside');
  const space = (name: string, level: string) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': level } },
  });
  await expect(worker.create(space(`${namespace}-more`, 'restricted'))).rejects.toThrow(
    'Workers change nothing outside',
  );
  await expect(worker.create(space(`${namespace}-bots-99`, 'privileged'))).rejects.toThrow(
    'enforce the Pod Security level',
  );
  await expect(worker.create(quota(`${namespace}-engine`), undefined, 'All')).resolves.toHaveProperty(
    'kind',
    'ResourceQuota',
  );
});

test('an upgrade from the version before keeps keys and answers every request meanwhile', async () => {
  const [sandbox] = await kubernetes.component(namespace, 'sandbox');
  const egressCidrs = [`${sandbox?.status?.podIP}/32:4302`];
  values = {
    ...values,
    engine: { ...values.engine, build: { egressCidrs } },
    api: { ...values.api, settings: { INSTANCES_PER_OWNER: 7 } },
  } as typeof values;
  const answers: number[] = [];
  let upgrading = true;
  const ask = async () => {
    const signal = AbortSignal.timeout(10_000);
    const { status } = await fetch(`${platform.apiUrl}/health/live`, { headers: { connection: 'close' }, signal });
    return status;
  };
  const asking = (async () => {
    while (upgrading) answers.push(await ask().catch(() => 0));
  })();
  await release(['upgrade', 'zarpa', chartFolder, ...wait], values);
  upgrading = false;
  await asking;
  expect(answers.length).toBeGreaterThan(10);
  expect(answers.filter((status) => status !== 200)).toEqual([]);
  expect(await apiSetting('INSTANCES_PER_OWNER')).toBe('7');
  expect(await kubernetes.secret(namespace, 'zarpa-keys')).toEqual(keys);
});

test('a customer’s repository becomes a running bot', async () => {
  customer = await Customer.arrive(platform);
  const instance = await customer.createInstance({ name: 'Eco', repository: 'zarpa-exemplos/bot-eco-node' });
  instanceId = instance.instanceId;
  await customer.until(instanceId, 'running', 540_000);
  botUid = (await botPod())?.metadata?.uid;
  expect(botUid).toBeDefined();
});

test('a rollback brings back the settings before, and the bot runs on', async () => {
  await release(['rollback', 'zarpa', '1', ...wait]);
  expect(await apiSetting('INSTANCES_PER_OWNER')).toBeUndefined();
  expect(await kubernetes.secret(namespace, 'zarpa-keys')).toEqual(keys);
  expect((await botPod())?.metadata?.uid).toBe(botUid);
  await waitFor(async () => (await customer.instance(instanceId)).state === 'running', {
    timeoutMs: 60_000,
    describe: 'the bot',
  });
});

test('uninstalling leaves bots running and data kept', async () => {
  await release(['uninstall', 'zarpa', '--wait', '--timeout', '8m']);
  await waitFor(async () => (await kubernetes.pods(namespace)).length === 0, {
    timeoutMs: 120_000,
    describe: 'the end of all pods',
  });
  const pod = await botPod();
  expect(pod?.metadata?.uid).toBe(botUid);
  expect(pod?.status?.containerStatuses?.[0]?.restartCount).toBe(0);
  const { items: claims } = await kubernetes.core.listNamespacedPersistentVolumeClaim({ namespace: shard });
  expect(claims.map(({ status }) => status?.phase)).toEqual(['Bound']);
  expect(await kubernetes.secret(namespace, 'zarpa-keys')).toEqual(keys);
});

test('installed again, the platform knows its bots and their owner as before', async () => {
  await release(['install', 'zarpa', chartFolder, ...wait], values);
  await customer.until(instanceId, 'running', 120_000);
  expect((await botPod())?.metadata?.uid).toBe(botUid);
  await customer.act(instanceId, 'pause');
  await customer.until(instanceId, 'paused', 120_000);
  expect(await botPod()).toBeUndefined();
});
