import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connectTestCluster } from '@zarpa/test-cluster';
import { freePort, waitFor } from '@zarpa/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  addVariable,
  chooseRepository,
  connectGithub,
  deleteInstance,
  order,
  submitInstance,
  tryNow,
} from '../dashboard/actions.ts';
import { keepPicture, newVisitor, openBrowser, pictureOnFailure } from '../dashboard/browser.ts';
import { scanQrCode } from '../dashboard/qr-code.ts';
import { buildImages } from './images.ts';
import { isReady, Kubernetes } from './kubernetes.ts';
import { chartFolder, helm } from './programs.ts';
import { trialValues } from './values.ts';

const { kubeconfig, registry, hostAddress } = connectTestCluster();
const kubernetes = new Kubernetes(kubeconfig);
const namespace = `t-chart-${randomBytes(3).toString('hex')}`;
const account = `system:serviceaccount:${namespace}:zarpa-worker`;
const shard = `${namespace}-bots-00`;
const [webPort, apiPort, sandboxPort] = await Promise.all([freePort(), freePort(), freePort()]);
const platform = { webUrl: `http://localhost:${webPort}`, apiUrl: `http://localhost:${apiPort}` };

let work: string;
let values: ReturnType<typeof trialValues>;
let keys: Record<string, string>;
let browser: Browser;
let page: Page;
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
  browser = await openBrowser({ hosts: { [`zarpa-sandbox.${namespace}.svc`]: sandboxPort } });
  page = await (await newVisitor(browser)).newPage();
  values = trialValues({ images, registry, hostAddress, namespacePrefix: namespace, ...platform });
});
afterAll(async () => {
  await browser?.close();
  for (const close of closing) close();
  await release(['uninstall', 'zarpa', '--ignore-not-found', '--no-hooks']);
  await kubernetes.removeNamespaces(namespace);
  await rm(work, { recursive: true, force: true });
});

beforeEach(() => pictureOnFailure(() => page));

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

const open = (tab = '') => page.goto(`${platform.webUrl}/instances/${instanceId}${tab}`);
const see = (text: string | RegExp, timeout = 60_000) => page.getByText(text).first().waitFor({ timeout });

async function botPod() {
  return (await kubernetes.pods(shard, `zarpa.dev/instance=${instanceId}`)).find(isReady);
}

test('a first installation brings up a platform that answers, under Pod Security restricted', async () => {
  await release(['install', 'zarpa', await previousChart(), ...wait], values);
  closing.push(await kubernetes.forward(namespace, 'api', 4301, apiPort));
  closing.push(await kubernetes.forward(namespace, 'web', 4300, webPort));
  closing.push(await kubernetes.forward(namespace, 'sandbox', 4302, sandboxPort));
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
  const changed = {
    api: { ...values.api, settings: { INSTANCES_PER_OWNER: 7 } },
    engine: { ...values.engine, build: { perOwner: 3 } },
  };
  values = { ...values, ...changed };
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

test('a newcomer connects GitHub, picks a repository and watches its build live', async () => {
  await tryNow(page, platform.webUrl);
  await connectGithub(page, platform.webUrl);
  await chooseRepository(page, 'zarpa-exemplos/bot-qrcode');
  await addVariable(page, 'QR_CONNECT_AFTER', '100');
  await keepPicture(page, 'cluster-nova-instancia');
  instanceId = await submitInstance(page);
  const step = (words: string) => page.getByRole('listitem').filter({ hasText: words }).first();
  const lines = page.getByRole('listbox', { name: 'Linhas do build' }).getByRole('option');
  await step('Construir, em andamento').waitFor({ timeout: 240_000 });
  await lines.filter({ hasText: 'Construindo para Node.js' }).first().waitFor();
  await lines.filter({ hasText: 'npm ci' }).first().waitFor({ timeout: 240_000 });
  expect(await step('Construir, em andamento').isVisible()).toBe(true);
  await keepPicture(page, 'cluster-construindo');
  await step('Publicar, feito').waitFor({ timeout: 240_000 });
  await step('Primeira linha, feito').waitFor({ timeout: 120_000 });
  await keepPicture(page, 'cluster-construida');
  await page.getByRole('link', { name: 'Ver o QR code' }).click();
});

test('the page shows the bot’s QR code, its state and its lines as they come', async () => {
  const code = page.getByRole('img', { name: 'QR code do bot bot-qrcode' });
  expect(await scanQrCode(code)).toMatch(/^https:\/\/wa\.me\/settings\/linked_devices#/);
  await see(/Rodando há/);
  await keepPicture(page, 'cluster-qrcode');
  await page.getByRole('link', { name: 'Logs', exact: true }).click();
  const log = page.getByRole('log');
  await log.getByText('Conexões até agora: 0').waitFor();
  await log.getByText('Escaneie o QR code nº 2').waitFor({ timeout: 90_000 });
  await keepPicture(page, 'cluster-logs');
});

test('pauses and resumes; the page turns by itself', async () => {
  await order(page, 'Pausar');
  await see(/Pausada\. Os dados estão guardados/);
  expect(await botPod()).toBeUndefined();
  await keepPicture(page, 'cluster-pausada');
  await page.getByRole('button', { name: 'Retomar' }).click();
  await see(/Rodando há/);
  botUid = (await botPod())?.metadata?.uid;
  expect(botUid).toBeDefined();
});

test('a rollback brings back the settings before, and the bot runs on', async () => {
  await release(['rollback', 'zarpa', '1', ...wait]);
  expect(await apiSetting('INSTANCES_PER_OWNER')).toBeUndefined();
  expect(await kubernetes.secret(namespace, 'zarpa-keys')).toEqual(keys);
  expect((await botPod())?.metadata?.uid).toBe(botUid);
  await open();
  await see(/Rodando há/);
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

test('installed again, the platform knows its bots and their owner, who deletes one', async () => {
  await release(['install', 'zarpa', chartFolder, ...wait], values);
  await open();
  await see(/Rodando há/);
  expect((await botPod())?.metadata?.uid).toBe(botUid);
  await page.getByRole('link', { name: 'Configurações', exact: true }).click();
  await deleteInstance(page, 'bot-qrcode');
  await see(/Excluída\. Pode ser restaurada até/);
  await keepPicture(page, 'cluster-excluida');
  await waitFor(async () => (await botPod()) === undefined, { timeoutMs: 60_000, describe: 'the end of the bot' });
});
