import { connectTestCluster } from '@zarpa/test-cluster';
import type { PersistentVolumeClaim } from 'kubernetes-types/core/v1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContractInstance } from '../../contract/contract-world.ts';
import { KubernetesError } from '../client/kubernetes-error.ts';
import { objectPath } from '../client/paths.ts';
import { persistentVolumeClaims, pods } from '../client/resource-kinds.ts';
import { podName, volumeClaimName } from '../names.ts';
import { botContainer } from '../pods/pod-facts.ts';
import { openPromiseWorld, type PromiseWorld } from './testing/promise-world.ts';
import { rememberedBy, rememberingBot } from './testing/remembering-bot.ts';

const { component } = connectTestCluster();

let engine: PromiseWorld;
let instance: ContractInstance;
/** What the bot has kept since its first start. */
let treasure: string;
let volume: string;
let artifact: string;
let starts = 1;

beforeAll(async () => {
  engine = await openPromiseWorld({ workers: ['worker-0'] });
  instance = engine.world.newInstance();
  const deployment = await instance.running(rememberingBot('first'));
  const { artifact: built } = await instance.untilDeployment(deployment, ({ status }) => status === 'succeeded');
  artifact = built ?? '';
  treasure = (await remembered(starts)).treasure;
  volume = await volumeOf();
}, 300_000);

afterAll(() => engine?.[Symbol.asyncDispose](), 120_000);

describe('Data survives: pause, deploy, upgrade, rollback, worker and node restart, delete then restore within the window.', {
  timeout: 300_000,
}, () => {
  it('pause', async () => {
    await instance.send({ state: 'paused' });
    await instance.until('it paused', ({ state, settled }) => state === 'paused' && settled);
    await runsAgain(() => instance.send({ state: 'running' }));
  });

  it('deploy', async () => {
    const deployment = await instance.newDeployment(rememberingBot('second'));
    await runsAgain(() => instance.send({ deployment }));
  });

  it('upgrade', async () => {
    const { limits } = instance.desired;
    await instance.send({ limits: { ...limits, memoryMb: 320, storageMb: limits.storageMb * 2 } });
    await instance.until('it has more memory', ({ settled, memoryLimitMb }) => settled && memoryLimitMb === 320);
    await remembered(starts);
    await runsAgain(() => instance.send({ restartRevision: instance.desired.restartRevision + 1 }));
  });

  it('rollback', async () => {
    const deployment = await instance.newDeployment(rememberingBot('first'), { artifact });
    await runsAgain(() => instance.send({ deployment }));
    expect((await remembered(starts)).version).toBe('first');
  });

  it('worker restart', async () => {
    await engine.pool.killOne('worker-0');
    await engine.pool.start('worker-0');
    await instance.resend();
    await settled();
    await remembered(starts);
    await runsAgain(async () => {
      await engine.pool.close({ stopBots: true });
      await engine.pool.start('worker-0');
      await instance.resend();
    });
  });

  it('node restart', async ({ skip }) => {
    if (component === null) return skip('The components of this cluster are not ours to restart');
    await component('kubelet', 'stop');
    await component('containerd', 'restart');
    await engine.world.waitUntil(
      'the kubelet serves again',
      30_000,
      async () => {
        // It ends where containerd does not answer yet; an init system starts it until that holds.
        await component('kubelet', 'start');
        return (await isLogServed()) || null;
      },
      () => null,
    );
    await remembered(starts);
    await runsAgain(() => instance.send({ restartRevision: instance.desired.restartRevision + 1 }));
  });

  it('delete then restore within the window', async () => {
    const { deployment } = instance.desired;
    await instance.send({ state: 'deleted', deployment: null });
    await instance.until('it is deleted', ({ state, settled }) => state === 'deleted' && settled);
    await engine.pool.killOne('worker-0');
    await engine.pool.start('worker-0');
    expect(await volumeOf()).toBe(volume);
    await runsAgain(() => instance.send({ state: 'running', deployment }));
  });

  it('and once it is purged, nothing of it is left', async () => {
    await instance.send({ state: 'purged' });
    await instance.until('it is purged', ({ state, settled }) => state === 'purged' && settled);
    await engine.world.waitUntil(
      'its volume is gone',
      30_000,
      async () => ((await claim()) === null && (await instance.data('treasure')) === null) || null,
      () => null,
    );
    expect((await engine.pool.inventory()).map(({ observed }) => observed.instanceId)).not.toContain(instance.id);
  });
});

/** Does what makes a new start, and sees that the bot finds what it had. */
async function runsAgain(start: () => Promise<void>): Promise<void> {
  starts += 1;
  await start();
  await settled();
  expect((await remembered(starts)).treasure).toBe(treasure);
  expect(await volumeOf()).toBe(volume);
  expect(await instance.overlaps()).toBe('');
}

const settled = () =>
  instance.until(
    'it runs',
    ({ state, settled, deploymentId }) =>
      state === 'running' && settled && deploymentId === instance.desired.deployment?.deploymentId,
    60_000,
  );

/** What the bot prints at its n-th start. */
const remembered = (start: number) =>
  engine.world.waitUntil(
    `the bot tells what it found at start ${start}`,
    30_000,
    async () => rememberedBy(await instance.lines(), start),
    () => instance.observed,
  );

/** The kubelet gives it. */
async function isLogServed(): Promise<boolean> {
  const { client, namespaces } = engine.harness;
  const path = objectPath(pods, { namespace: namespaces.shard(0), name: podName(instance.id) }, 'log');
  try {
    const log = await client.stream(path, {
      query: { container: botContainer, tailLines: '1' },
      signal: AbortSignal.timeout(5_000),
    });
    for await (const chunk of log) if (chunk.length > 0) return true;
  } catch (error) {
    if (!(error instanceof KubernetesError)) throw error;
  }
  return false;
}

async function volumeOf(): Promise<string> {
  const found = await claim();
  return `${found?.metadata?.uid} ${found?.spec?.volumeName}`;
}

function claim(): Promise<PersistentVolumeClaim | null> {
  const { client, namespaces } = engine.harness;
  return client.get(persistentVolumeClaims, { namespace: namespaces.shard(0), name: volumeClaimName(instance.id) });
}
