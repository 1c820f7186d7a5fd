/**
 * What so many followed logs take of one worker's memory, beyond the same worker that knows as many bots and follows none. Everything from the
 * Kubernetes client to the Redis streams is the worker's own; the API server is a stand-in. Prints JSON. Usage: node --expose-gc bench/follows.ts [follows]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { runLogStreamKey } from '@zarpa/contracts';
import { Secret } from '@zarpa/env';
import { createLogger } from '@zarpa/observability';
import type { Pod } from 'kubernetes-types/core/v1';
import { KubernetesClient } from '../src/engines/kubernetes/client/kubernetes-client.ts';
import { InstanceRunLog } from '../src/engines/kubernetes/instance-run-log.ts';
import { annotation, label, logFinalizer, podName } from '../src/engines/kubernetes/names.ts';
import { botContainer } from '../src/engines/kubernetes/pods/pod-facts.ts';
import type { InstanceRecord } from '../src/engines/kubernetes/record/record.ts';
import { runningRecord } from '../src/engines/kubernetes/testing/builders.ts';
import { createLogPipeline } from '../src/logs/log-pipeline.ts';
import { connectRedis } from '../src/redis/redis-link.ts';

const count = Number(process.argv[2] ?? 5_000);
const settleMs = 15_000;
const samples = 20;
const sampleEveryMs = 500;
const openWithinMs = 90_000;

interface Bot {
  readonly record: InstanceRecord;
  readonly pod: Pod;
}

function aBot(): Bot {
  const record = runningRecord();
  const { desired, shard } = record;
  const { instanceId, deployment } = desired;
  const uid = crypto.randomUUID();
  const pod: Pod = {
    metadata: {
      name: podName(instanceId),
      namespace: shard,
      uid,
      labels: { [label.part]: 'bot', [label.instance]: instanceId, [label.deployment]: deployment?.deploymentId ?? '' },
      annotations: { [annotation.restart]: '0' },
      finalizers: [logFinalizer],
    },
    spec: { nodeName: 'stand-in', containers: [{ name: botContainer, image: 'bot' }] },
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          name: botContainer,
          image: 'bot',
          imageID: 'bot',
          ready: true,
          restartCount: 0,
          state: { running: { startedAt: new Date().toISOString() } },
        },
      ],
    },
  };
  return { record, pod };
}

const kubeconfigOf = (port: number): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user: {} }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'c',
  });

/** The median of some moments, as the machine sees it; V8 collects when it likes. */
async function residentMiB(): Promise<number> {
  const seen: number[] = [];
  for (let taken = 0; taken < samples; taken++) {
    await delay(sampleEveryMs);
    seen.push(process.memoryUsage().rss);
  }
  seen.sort((left, right) => left - right);
  return (seen[Math.floor(seen.length / 2)] ?? 0) / 2 ** 20;
}

const standIn = fork(new URL('./kubelet-stand-in.ts', import.meta.url));
const ask = async (): Promise<{ follows: number; sent: number }> => {
  standIn.send('how many');
  const [answer] = await once(standIn, 'message');
  return answer;
};
const [{ port }] = await once(standIn, 'message');
const keyPrefix = `zarpa-bench:${process.pid}:`;
const logger = createLogger({ app: 'bench', level: 'warn' });
const link = connectRedis({ url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379', logger });
await link.ready();
const client = await KubernetesClient.fromKubeconfig({ text: kubeconfigOf(port) });
const bots = new Map(Array.from({ length: count }, aBot).map((bot) => [bot.record.desired.instanceId, bot]));
const runLogs = new Map<string, InstanceRunLog>();
const pipeline = createLogPipeline({
  link,
  keyPrefix,
  logger,
  engine: {
    runLog(instanceId) {
      const bot = bots.get(instanceId);
      const log = new InstanceRunLog({
        client,
        logger,
        recordOf: () => bot?.record ?? null,
        podOf: () => bot?.pod ?? null,
        onRead: () => undefined,
      });
      runLogs.set(instanceId, log);
      return log.source;
    },
    buildLog: () => {
      throw new Error('Nothing is built');
    },
  },
  publishQr: async () => undefined,
});

/** What is left after a collection. */
function heldMiB(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

async function followAll(ids: readonly (typeof bots extends Map<infer Id, unknown> ? Id : never)[]): Promise<void> {
  for (const instanceId of ids) pipeline.activate({ kind: 'run', instanceId }, new Secret(['a-value-to-mask']));
  const deadline = Date.now() + openWithinMs;
  while ((await ask()).follows < runLogs.size) {
    if (Date.now() > deadline) throw new Error(`Only ${(await ask()).follows} of ${count} logs are followed`);
    await delay(200);
  }
}

const [first, ...others] = [...bots.keys()];
if (first === undefined) throw new Error('There are no bots');
await followAll([first]);
await delay(2_000);
const idle = await residentMiB();
const idleHeld = heldMiB();
await followAll(others);
await delay(settleMs);
const before = { cpu: process.cpuUsage(), at: performance.now(), lines: (await ask()).sent };
const following = await residentMiB();
const cpu = process.cpuUsage(before.cpu);
const tookMs = performance.now() - before.at;
const linesPerSecond = (((await ask()).sent - before.lines) / tookMs) * 1_000;
process.stdout.write(
  `${JSON.stringify({
    follows: runLogs.size,
    idleMiB: idle,
    followingMiB: following,
    linesPerSecond,
    cpuShare: (cpu.user + cpu.system) / 1_000 / tookMs,
    heldMiB: heldMiB() - idleHeld,
  })}\n`,
);
await pipeline.close();
const keys = [...bots.keys()].map((id) => runLogStreamKey(keyPrefix, id));
for (let from = 0; from < keys.length; from += 500) await link.redis.unlink(...keys.slice(from, from + 500));
await link.close();
await client.close();
standIn.disconnect();
