import { waitFor } from '@zarpa/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectTestCluster } from './connect-test-cluster.ts';
import { createNamespace, type Namespace } from './testing/kubernetes.ts';

const image = 'node:24-bookworm-slim';
const cluster = connectTestCluster();

/** Tries every address again and again until all are as expected, then prints the last answers. */
const prober = `
  const net = require('node:net');
  const { WANTED, TARGETS } = JSON.parse(process.argv[1]);
  const reaches = ([host, port]) => new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 2000 });
    const end = (answer) => () => { socket.destroy(); resolve(answer); };
    socket.on('connect', end(true)).on('timeout', end(false)).on('error', end(false));
  });
  const deadline = Date.now() + 40000;
  const probe = async () => {
    const answers = await Promise.all(TARGETS.map(reaches));
    if (answers.every((answer) => answer === WANTED) || Date.now() > deadline) console.log(JSON.stringify(answers));
    else setTimeout(probe, 200);
  };
  probe();`;

describe.skipIf(cluster.component === null)('the network of our own cluster', () => {
  let namespace: Namespace;

  beforeAll(async () => {
    namespace = await createNamespace(cluster.kubeconfig);
    await namespace.networking.createNamespacedNetworkPolicy({
      namespace: namespace.name,
      body: {
        metadata: { name: 'default-deny' },
        spec: { podSelector: { matchLabels: { isolated: 'true' } }, policyTypes: ['Egress'] },
      },
    });
    const listen = 'require("node:net").createServer().listen(8080)';
    await namespace.createPod('neighbour', { image, command: ['node', '-e', listen] });
  });
  afterAll(() => namespace.remove());

  async function probe(name: string, wanted: boolean): Promise<unknown> {
    const neighbour = await podAddress(namespace, 'neighbour');
    const host = String(cluster.hostAddress);
    const targets = [
      [host, 5000],
      [host, 5001],
      [host, 6443],
      ['10.96.0.1', 443],
      [neighbour, 8080],
    ];
    const question = JSON.stringify({ WANTED: wanted, TARGETS: targets });
    const labels: Record<string, string> = wanted ? {} : { isolated: 'true' };
    await namespace.createPod(name, {
      image,
      command: ['node', '-e', prober, question],
      labels,
      restartPolicy: 'Never',
    });
    return JSON.parse(await logOfEnded(namespace, name));
  }

  test('a pod without a policy reaches registries, API server and its neighbour', async () => {
    expect(await probe('open', true)).toEqual([true, true, true, true, true]);
  });

  test('a pod with default-deny egress reaches neither registry, nor the API server, nor another pod', async () => {
    expect(await probe('isolated', false)).toEqual([false, false, false, false, false]);
  });

  test('a push to the stand-in for Docker Hub is refused from a pod', async () => {
    const push = `fetch('http://${cluster.hostAddress}:5000/v2/library/node/blobs/uploads/', { method: 'POST' })
      .then(({ status }) => console.log(status));`;
    await namespace.createPod('pusher', { image, command: ['node', '-e', push], restartPolicy: 'Never' });
    expect(await logOfEnded(namespace, 'pusher')).toBe('405\n');
  });
});

function podAddress(namespace: Namespace, name: string): Promise<string> {
  return waitFor(async () => (await namespace.readPod(name)).status?.podIP, {
    timeoutMs: 60_000,
    describe: `an address of pod ${name}`,
  });
}

async function logOfEnded(namespace: Namespace, name: string): Promise<string> {
  await waitFor(async () => (await namespace.readPod(name)).status?.phase === 'Succeeded', {
    timeoutMs: 90_000,
    describe: `the end of pod ${name}`,
  });
  return namespace.readLog(name);
}
