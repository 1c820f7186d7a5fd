import { waitFor } from '@zarpa/testing';
import type { Pod } from 'kubernetes-types/core/v1';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RawLogRecord } from '../../log-source.ts';
import { Reflector } from '../cache/reflector.ts';
import type { KubernetesClient } from '../client/kubernetes-client.ts';
import { pods } from '../client/resource-kinds.ts';
import { connectClient, connectThroughProxy, createTestNamespace, quiet } from '../client/testing/cluster.ts';
import type { TcpProxy } from '../client/testing/tcp-proxy.ts';
import { PodLogSource } from './pod-log-source.ts';
import type { ContainerRun } from './pod-runs.ts';
import { FakePodRuns } from './testing/fake-pod-runs.ts';

const image = 'debian:bookworm-slim';
let client: KubernetesClient;
let namespace: Awaited<ReturnType<typeof createTestNamespace>>;
let proxied: KubernetesClient;
let proxy: TcpProxy;
let stop: AbortController;

beforeAll(async () => {
  client = await connectClient();
  namespace = await createTestNamespace(client, 'logs');
});
beforeEach(async () => {
  ({ client: proxied, proxy } = await connectThroughProxy());
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await proxied.close();
  await proxy.close();
});
afterAll(async () => {
  await namespace.remove();
  await client.close();
});

async function createPod(name: string, script: string): Promise<void> {
  await client.create(pods, {
    metadata: { name, namespace: namespace.name, labels: { own: name } },
    spec: {
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 1,
      containers: [{ name: 'bot', image, command: ['bash', '-c', script], resources: { requests: { cpu: '10m' } } }],
    },
  });
}

/** The runs of a pod, as a watch over the same proxy tells of them. */
function watchRuns(name: string) {
  const runs = new FakePodRuns();
  const reflector = new Reflector<Pod>({
    client: proxied,
    kind: pods,
    namespace: namespace.name,
    labelSelector: `own=${name}`,
    logger: quiet,
    timings: { backoff: { minMs: 10, maxMs: 100 } },
    onChange: (_key, pod) => {
      if (pod !== null) runs.set(name, runsOf(pod), false, namespace.name);
    },
  });
  stop.signal.addEventListener('abort', () => reflector.stop());
  return runs;
}

function runsOf({ status }: Pod): ContainerRun[] {
  const container = status?.containerStatuses?.[0];
  if (container === undefined) return [];
  const { state, lastState, restartCount } = container;
  const waits = state?.waiting !== undefined;
  const last = lastState?.terminated;
  const before = last && runOf(waits ? restartCount : restartCount - 1, last.startedAt, last);
  const now = state?.terminated ?? state?.running;
  const present = now && runOf(restartCount, now.startedAt, state?.terminated);
  return [before, present].filter((run) => run !== undefined);
}

const runOf = (
  restartCount: number,
  startedAt: string | undefined,
  end: { exitCode: number; finishedAt?: string } | undefined,
): ContainerRun => ({
  restartCount,
  startedAt: Date.parse(startedAt ?? ''),
  ended: end ? { at: Date.parse(end.finishedAt ?? ''), code: 'crashed', exitCode: end.exitCode } : null,
});

function follow(source: PodLogSource) {
  const records: RawLogRecord[] = [];
  const run = async () => {
    for await (const batch of source.read({ after: null, follow: true, signal: stop.signal })) records.push(...batch);
  };
  const done = run();
  const texts = () => records.map(({ kind, bytes }) => (kind === 'line' ? Buffer.from(bytes).toString() : kind));
  return { records, texts, done };
}

const sourceOf = (runs: FakePodRuns, timings = { backoff: { minMs: 10, maxMs: 200 } }) =>
  new PodLogSource({ client: proxied, runs, listener: {}, logger: quiet, timings });

test('numbered lines arrive once each though the connection is cut again and again', async () => {
  const count = 400;
  await createPod('numbers', `for i in $(seq ${count}); do echo $i; sleep 0.01; done; sleep 1000`);
  const { texts, records } = follow(sourceOf(watchRuns('numbers')));
  for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
    await waitFor(() => texts().length > count * share, { timeoutMs: 40_000, describe: `${share} of the lines` });
    proxy.cut();
  }
  await waitFor(() => texts().at(-1) === String(count), { timeoutMs: 40_000, describe: 'the last line' });
  expect(texts()).toEqual(['started', ...Array.from({ length: count }, (_, n) => String(n + 1))]);
  const again: RawLogRecord[] = [];
  for await (const batch of sourceOf(watchedOnce('numbers', records)).read({ after: null, follow: false })) {
    again.push(...batch);
  }
  expect(again.map(({ position }) => position)).toEqual(records.map(({ position }) => position));
});

/** The run that the records are of. */
function watchedOnce(name: string, records: readonly RawLogRecord[]): FakePodRuns {
  const runs = new FakePodRuns();
  const restartCount = 0;
  runs.set(name, [{ restartCount, startedAt: records[0]?.at ?? 0, ended: null }], false, namespace.name);
  return runs;
}

test('a container that crashes and starts again loses and doubles no line', async () => {
  const script = `n=$(cat /proc/sys/kernel/random/uuid); for i in $(seq 20); do echo "$n $i"; sleep 0.02; done; printf "$n last"; exit 3`;
  await createPod('crashing', script);
  const { texts, records } = follow(sourceOf(watchRuns('crashing')));
  const exits = () => records.filter(({ kind }) => kind === 'exited').length;
  await waitFor(() => exits() >= 1, { timeoutMs: 60_000, describe: 'the first crash' });
  proxy.cut();
  await waitFor(() => exits() >= 3, { timeoutMs: 60_000, describe: 'the third crash' });
  const all = texts().slice(0, texts().lastIndexOf('exited') + 1);
  const perRun = 20 + 1 + 2;
  for (let begin = 0; begin < all.length; begin += perRun) {
    const run = all.slice(begin, begin + perRun);
    const name = run[1]?.split(' ')[0];
    const lines = Array.from({ length: 20 }, (_, n) => `${name} ${n + 1}`);
    expect(run).toEqual(['started', ...lines, `${name} last`, 'exited']);
  }
  expect(records.find(({ kind }) => kind === 'exited')?.data).toMatchObject({ code: 'crashed', exitCode: '3' });
});

test('a quiet bot is followed on a silent but living connection', async () => {
  await proxied.close();
  await proxy.close();
  ({ client: proxied, proxy } = await connectThroughProxy({ deadAfterMs: 400 }));
  await createPod('quiet', 'echo first; sleep 4; echo second; sleep 1000');
  const { texts } = follow(sourceOf(watchRuns('quiet')));
  await waitFor(() => texts().includes('first'), { timeoutMs: 40_000, describe: 'the first line' });
  const before = proxy.accepted;
  await waitFor(() => texts().includes('second'), { timeoutMs: 40_000, describe: 'the second line' });
  expect(texts()).toEqual(['started', 'first', 'second']);
  expect(proxy.accepted).toBe(before);
});
