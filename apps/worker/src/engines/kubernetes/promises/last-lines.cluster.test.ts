import { setTimeout as delay } from 'node:timers/promises';
import { connectTestCluster } from '@zarpa/test-cluster';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContractInstance } from '../../contract/contract-world.ts';
import { pods } from '../client/resource-kinds.ts';
import { podName } from '../names.ts';
import { openApiPath } from './testing/api-path.ts';
import { countingBot, wholeLog } from './testing/counting-bot.ts';
import { openPromiseWorld, type PromiseWorld } from './testing/promise-world.ts';

const farewells = 400;
/** Of a pod that has ended the kubelet removes the log a second to a minute later. */
const awayMs = 8_000;
const worker = 'worker-0';

const { kubeconfig } = connectTestCluster();

let path: Awaited<ReturnType<typeof openApiPath>>;
let engine: PromiseWorld;
let artifact: string | undefined;

beforeAll(async () => {
  path = await openApiPath(kubeconfig);
  engine = await openPromiseWorld({
    workers: [worker],
    kubeconfigs: new Map([[worker, path.kubeconfig]]),
    timings: { stopGraceMs: 30_000 },
  });
}, 120_000);

afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  await path?.proxy.close();
}, 120_000);

/** Nobody follows from before the bot is asked to stop until long after it has ended. */
const absences = {
  'its worker is killed and comes back': async (meanwhile: () => Promise<void>) => {
    await engine.pool.killOne(worker);
    await meanwhile();
    await engine.pool.start(worker);
  },
  'its worker is cut off from the API server': async (meanwhile: () => Promise<void>) => {
    path.proxy.refuse(true);
    path.proxy.cut();
    await meanwhile();
    path.proxy.refuse(false);
  },
};

describe('No log line is lost or doubled from the end of a run', { timeout: 240_000 }, () => {
  it.each(Object.entries(absences))('when %s', async (_what, absent) => {
    const instance = await running();
    await absent(async () => {
      await deletePod(instance);
      await saidGoodbye(instance);
      await delay(awayMs);
      expect(await phaseOf(instance)).toBe('Running');
    });
    await paused(instance);
    const lines = await wholeLog(engine.world, instance);
    expect(lines.filter(({ what }) => what === 'bye').length).toBeGreaterThanOrEqual(farewells);
  });

  it('when all is well, and the bot is not waited for longer than it takes to end', async () => {
    const instance = await running();
    const begunAt = performance.now();
    await paused(instance);
    expect(performance.now() - begunAt).toBeLessThan(20_000);
    const lines = await wholeLog(engine.world, instance);
    expect(lines.filter(({ what }) => what === 'bye')).toHaveLength(farewells);
  });
});

async function running(): Promise<ContractInstance> {
  const instance = engine.world.newInstance();
  const variables = { BOT_FAREWELLS: String(farewells) };
  const deployment = await instance.newDeployment(countingBot(), {
    variables,
    ...(artifact === undefined ? {} : { artifact }),
  });
  await instance.send({ deployment });
  await instance.until('it runs', ({ state, settled }) => state === 'running' && settled, 60_000);
  artifact ??= instance.progress?.artifact ?? undefined;
  return instance;
}

async function deletePod({ id }: ContractInstance): Promise<void> {
  const { client, namespaces } = engine.harness;
  await client.delete(pods, { namespace: namespaces.shard(0), name: podName(id) });
}

/** The kubelet tells that a pod has ended before it removes anything of it. */
async function phaseOf({ id }: ContractInstance): Promise<string | undefined> {
  const { client, namespaces } = engine.harness;
  return (await client.get(pods, { namespace: namespaces.shard(0), name: podName(id) }))?.status?.phase;
}

async function saidGoodbye(instance: ContractInstance): Promise<void> {
  const written = async () => {
    const lives = (await instance.data('printed'))?.trimEnd().split('\n') ?? [];
    return lives.length >= farewells ? lives.length : null;
  };
  await engine.world.waitUntil('it has said goodbye', 15_000, written, () => instance.observed);
}

async function paused(instance: ContractInstance): Promise<void> {
  await instance.send({ state: 'paused' });
  await instance.until('it paused', ({ state, settled }) => state === 'paused' && settled, 30_000);
}
