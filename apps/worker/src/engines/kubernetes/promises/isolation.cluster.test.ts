import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { connectTestCluster } from '@zarpa/test-cluster';
import type { Pod } from 'kubernetes-types/core/v1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContractInstance } from '../../contract/contract-world.ts';
import { pods } from '../client/resource-kinds.ts';
import { createTestNamespace } from '../client/testing/cluster.ts';
import { podName } from '../names.ts';
import { botContainer } from '../pods/pod-facts.ts';
import { type Findings, prisonerBot, type Question, reachSource } from './testing/prisoner-bot.ts';
import { openPrivateHost, type PrivateHost } from './testing/private-host.ts';
import { openPromiseWorld, type PromiseWorld } from './testing/promise-world.ts';

const { component, hostAddress, registry } = connectTestCluster();
const listenerPort = 8080;
const kubeletPort = 10_250;
const registryPort = Number(registry.host.split(':')[1]);
const image = 'node:24-bookworm-slim';

/** Counted with the memory of the bot, and gone with it. */
const ownMemory = ['/dev/mqueue', '/dev/shm'];
/** Kubernetes gives every container this file of the node, and counts its size for nobody. No setting of a pod takes it away. */
const terminationLog = '/dev/termination-log';

let engine: PromiseWorld;
let outside: Awaited<ReturnType<typeof createTestNamespace>>;
let host: PrivateHost;
let nodeServer: Server;
let artifact: string;
let findings: Findings;
let question: Question;

/** On another cluster nobody told us where its parts answer. */
describe.skipIf(component === null || hostAddress === null)(
  'A pod may not: reach another pod, the apiserver, the registry, the node or a private address; get a service-account token; write outside /data and /tmp; run as root; exceed memory without being the one killed.',
  { timeout: 300_000 },
  () => {
    beforeAll(async () => {
      engine = await openPromiseWorld({ workers: ['worker-0'] });
      outside = await createTestNamespace(engine.harness.client, 'outside');
      host = await openPrivateHost();
      nodeServer = createServer((socket) => socket.destroy()).listen(0, hostAddress ?? '');
      await once(nodeServer, 'listening');
      const { instance: neighbour } = await bot('listen');
      await createPod('listener', [`require('node:net').createServer().listen(${listenerPort})`]);
      question = {
        targets: [
          ['the internet', host.publicAddress, host.port],
          ['another bot', (await podOf(neighbour))?.status?.podIP ?? '', listenerPort],
          ['another pod', (await runningPod('listener')).status?.podIP ?? '', listenerPort],
          ['the apiserver', '10.96.0.1', 443],
          ['the apiserver on its node', hostAddress ?? '', 6443],
          ['the registry', hostAddress ?? '', registryPort],
          ['the kubelet', hostAddress ?? '', kubeletPort],
          ['the node', hostAddress ?? '', (nodeServer.address() as { port: number }).port],
          ['a private address', host.privateAddress, host.port],
        ],
        wanted: ['the internet'],
      };
      const { instance } = await bot('probe', { QUESTION: JSON.stringify(question) });
      findings = JSON.parse((await linesOf(instance, 1))[0] ?? '');
    }, 600_000);

    afterAll(async () => {
      await outside?.remove();
      await host?.[Symbol.asyncDispose]();
      nodeServer?.close();
      await engine?.[Symbol.asyncDispose]();
    }, 120_000);

    it('reach another pod, the apiserver, the registry, the node or a private address', async () => {
      const open = question.targets.map(([name]) => name).filter((name) => name !== 'another bot');
      expect(await (await fetch(`http://${host.privateAddress}:${host.port}`)).text()).toBe('private');
      expect(await reachedFromOutside({ ...question, wanted: open })).toEqual(open);
      expect(findings.reached).toEqual(['the internet']);
      expect(findings.resolved).toEqual(['10.96.0.1']);
    });

    it('get a service-account token', () => {
      expect(findings.secretFiles).toEqual([]);
    });

    it('write outside /data and /tmp', () => {
      const others = findings.writable.filter((path) => !ownMemory.includes(path) && path !== terminationLog);
      expect(others).toEqual(['/data', '/tmp']);
    });

    it('run as root, though its image asks for that and brings a program that makes it root', () => {
      expect(findings.ids.user).toBeGreaterThan(0);
      expect(findings.ids.group).toBeGreaterThan(0);
      expect(findings.ids.bySetuidProgram).toBe(String(findings.ids.user));
      expect(findings.becomingRoot).toBe('EPERM');
      const none = '0000000000000000';
      expect(findings.status).toEqual({ CapEff: none, CapPrm: none, CapBnd: none, NoNewPrivs: '1', Seccomp: '2' });
    });

    it('exceed memory without being the one killed', async () => {
      const { instance: calm } = await bot('calm');
      const before = await containerOf(calm);
      const { instance: greedy } = await bot('greedy', {}, { waits: false });
      const observed = await greedy.until(
        'it is out of memory',
        ({ reason }) => reason?.code === 'out_of_memory',
        60_000,
      );
      expect(observed.reason?.params.limitMb).toBe(String(greedy.desired.limits.memoryMb));
      await greedy.send({ state: 'paused' });
      await greedy.until('it paused', ({ state, settled }) => state === 'paused' && settled);
      expect(await greedy.lines()).not.toContain('was given a gigabyte');
      expect(await containerOf(calm)).toMatchObject({
        containerID: before?.containerID,
        restartCount: 0,
        state: { running: before?.state?.running },
      });
    });
  },
);

/** All of one image. */
async function bot(
  mode: string,
  variables: Record<string, string> = {},
  options: { waits: boolean } = { waits: true },
): Promise<{ instance: ContractInstance }> {
  const instance = engine.world.newInstance();
  const deployment = await instance.deploy(prisonerBot(), {
    variables: { MODE: mode, ...variables },
    ...(artifact === undefined ? {} : { artifact }),
  });
  if (!options.waits) return { instance };
  await instance.until('it runs', ({ state, settled }) => state === 'running' && settled, 60_000);
  artifact ??=
    (await instance.untilDeployment(deployment, (progress) => progress.status === 'succeeded')).artifact ?? '';
  return { instance };
}

/** Its first lines. */
const linesOf = (instance: ContractInstance, count: number): Promise<string[]> =>
  engine.world.waitUntil(
    `there are ${count} lines`,
    60_000,
    async () => {
      const lines = await instance.lines();
      return lines.length >= count ? lines : null;
    },
    () => instance.observed,
  );

const podOf = (instance: ContractInstance): Promise<Pod | null> =>
  engine.harness.client.get(pods, { namespace: engine.harness.namespaces.shard(0), name: podName(instance.id) });

const containerOf = async (instance: ContractInstance) =>
  (await podOf(instance))?.status?.containerStatuses?.find(({ name }) => name === botContainer);

/** What the same pod without our rules reaches: so it is the rules that keep a bot from it. */
async function reachedFromOutside(asked: Question): Promise<unknown> {
  const program = `${reachSource}console.log(JSON.stringify(await reach(JSON.parse(process.argv[1]))));`;
  await createPod('control', [program, JSON.stringify(asked)], ['--input-type=module']);
  return await engine.world.waitUntil(
    'the pod without rules tells what it reached',
    60_000,
    async () => {
      const pod = await engine.harness.client.get(pods, { namespace: outside.name, name: 'control' });
      return pod?.status?.phase === 'Succeeded' ? JSON.parse(await logOf('control')) : null;
    },
    () => null,
  );
}

async function logOf(name: string): Promise<string> {
  const path = `/api/v1/namespaces/${outside.name}/pods/${name}/log`;
  const chunks: Uint8Array[] = [];
  for await (const chunk of await engine.harness.client.stream(path, { signal: AbortSignal.timeout(30_000) }))
    chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function createPod(name: string, args: readonly string[], flags: readonly string[] = []): Promise<void> {
  await engine.harness.client.create(pods, {
    metadata: { name, namespace: outside.name },
    spec: {
      restartPolicy: 'Never',
      containers: [
        {
          name: 'main',
          image,
          command: ['node', ...flags, '-e', ...args],
          resources: { requests: { cpu: '5m', memory: '32Mi' } },
        },
      ],
    },
  });
}

const runningPod = (name: string): Promise<Pod> =>
  engine.world.waitUntil(
    `the pod ${name} runs`,
    60_000,
    async () => {
      const pod = await engine.harness.client.get(pods, { namespace: outside.name, name });
      return pod?.status?.phase === 'Running' ? pod : null;
    },
    () => null,
  );
