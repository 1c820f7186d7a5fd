import { connectTestCluster } from '@zarpa/test-cluster';
import type { StatefulSet } from 'kubernetes-types/apps/v1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContractInstance } from '../../contract/contract-world.ts';
import { randomFrom, shuffled } from '../../contract/random.ts';
import { Reflector } from '../cache/reflector.ts';
import { statefulSets } from '../client/resource-kinds.ts';
import { quiet } from '../client/testing/cluster.ts';
import { ownerOf } from '../membership/rendezvous.ts';
import { annotation, label, podName } from '../names.ts';
import { ApiObserver, type SeenRequest } from './testing/api-observer.ts';
import { countingBot, wholeLog } from './testing/counting-bot.ts';
import { openPromiseWorld, type PromiseWorld } from './testing/promise-world.ts';

const workers = ['worker-0', 'worker-1'];
const botsPerWorker = 3;
const created = 201;
const { kubeconfig } = connectTestCluster();
const observers = new Map<string, ApiObserver>();

let engine: PromiseWorld;
let instances: ContractInstance[];
let artifact: string;

beforeAll(async () => {
  for (const id of workers) observers.set(id, await ApiObserver.open(kubeconfig));
  engine = await openPromiseWorld({
    workers,
    kubeconfigs: new Map([...observers].map(([id, observer]) => [id, observer.kubeconfig])),
    timings: { logPatienceMs: 120_000 },
    buildLimits: { perCluster: 2 },
  });
}, 120_000);

afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  for (const observer of observers.values()) await observer.close();
}, 300_000);

describe("Two workers: neither both follow, nor both build, nor one overtakes the other's newer generation.", () => {
  it('of two workers that hear every command, one builds, once', { timeout: 600_000 }, async () => {
    instances = workers.flatMap((id) => Array.from({ length: botsPerWorker }, () => instanceOf(id)));
    const built = workers.map((_, index) => instances[index * botsPerWorker]).filter((one) => one !== undefined);
    for (const instance of built) {
      const deployment = await instance.newDeployment(countingBot());
      await tellBoth(instance.change({ deployment }));
    }
    for (const instance of built) {
      await instance.until('it runs', ({ state, settled }) => state === 'running' && settled, 240_000);
    }
    expect(engine.world.sources.downloads).toBe(2);
    expect(jobsMade()).toBe(2);
    artifact = instances[0]?.progress?.artifact ?? '';
    expect(artifact).not.toBe('');
  });

  it('each bot is followed by one of them, all the while', { timeout: 600_000 }, async () => {
    const others = instances.filter(({ desired }) => desired.deployment === null);
    await Promise.all(others.map((instance) => runFrom(instance, 'first')));
    const before = await Promise.all(instances.map(lineCount));
    await followedOnceUntil('each bot has printed ten more lines', async () => {
      const counts = await Promise.all(instances.map(lineCount));
      return counts.every((count, index) => count >= (before[index] ?? 0) + 10);
    });
    for (const instance of instances) {
      expect(followersOf(instance)).toEqual([ownerOf(workers, instance.id)]);
    }
  });

  it('neither overtakes the newer generation of the other', { timeout: 600_000 }, async () => {
    const random = randomFrom(7);
    const generations = new Map<string, number[]>();
    const sets = watchGenerations(generations);
    await sets.synced;
    const commands = [];
    for (const instance of instances) {
      for (let turn = 1; turn <= 6; turn++) {
        const version = `v${String(instance.desired.generation + 1).padStart(4, '0')}`;
        const deployment = await instance.newDeployment(countingBot(), {
          artifact,
          variables: { BOT_VERSION: version },
        });
        commands.push(instance.change({ deployment, state: turn % 3 === 2 ? 'paused' : 'running' }));
      }
    }
    const sent = shuffled([...commands, ...commands], random);
    await Promise.all(sent.map((command, index) => engine.pool.worker(workers[index % 2] ?? '').reconcile(command)));
    for (const instance of instances) {
      await instance.until('the newest holds', ({ state, settled }) => state === 'running' && settled, 60_000);
      expect(instance.observed?.deploymentId).toBe(instance.desired.deployment?.deploymentId);
    }
    sets.stop();
    expect(jobsMade()).toBe(2);
    expect(generations.size).toBe(instances.length);
    for (const seen of generations.values()) expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it('a worker leaves, is killed, comes back: no line is lost or doubled', { timeout: 900_000 }, async () => {
    for (const [index, id] of [...workers, ...workers].entries()) {
      const other = workers.find((one) => one !== id) ?? '';
      if (index % 2 === 0) await engine.pool.closeOne(id);
      else await engine.pool.killOne(id);
      await allFollowedBy(() => other);
      await engine.pool.start(id);
      await allFollowedBy((instance) => ownerOf(workers, instance.id) ?? '');
    }
    for (const instance of instances) await instance.send({ state: 'paused' });
    for (const instance of instances) {
      await instance.until('it paused', ({ state, settled }) => state === 'paused' && settled, 60_000);
      const lines = await wholeLog(engine.world, instance);
      expect(lines.at(-1)?.what).toBe('bye');
      const versions = lines.map(({ version }) => version).filter((version) => version.startsWith('v'));
      expect(versions).toEqual(versions.toSorted());
      expect(await instance.overlaps()).toBe('');
    }
  });
});

function instanceOf(owner: string): ContractInstance {
  for (;;) {
    const instance = engine.world.newInstance();
    if (ownerOf(workers, instance.id) === owner) return instance;
  }
}

const tellBoth = (command: ContractInstance['desired']) =>
  Promise.all(workers.map((id) => engine.pool.worker(id).reconcile(command)));

async function runFrom(instance: ContractInstance, version: string): Promise<void> {
  const deployment = await instance.newDeployment(countingBot(), { artifact, variables: { BOT_VERSION: version } });
  await tellBoth(instance.change({ deployment }));
  await instance.until('it runs', ({ state, settled }) => state === 'running' && settled, 60_000);
}

const lineCount = async (instance: ContractInstance) => (await instance.lines()).length;

const jobsMade = () => [...observers.values()].flatMap(({ seen }) => seen.filter(isJobMade)).length;

const isJobMade = ({ method, path, status }: SeenRequest): boolean =>
  method === 'POST' && path.endsWith('/jobs') && status === created;

/** Who follows the bot's log at this moment: a name for each stream. */
const followersOf = (instance: ContractInstance): string[] =>
  [...observers].flatMap(([id, { seen }]) => seen.filter((one) => isOpenFollow(one, instance)).map(() => id));

const isOpenFollow = ({ path, query, endedAt }: SeenRequest, { id }: ContractInstance): boolean =>
  endedAt === null && query.get('follow') === 'true' && path.endsWith(`/pods/${podName(id)}/log`);

/** Nobody comes or goes meanwhile: one stream for each bot, at every look. */
async function followedOnceUntil(what: string, done: () => Promise<boolean>): Promise<void> {
  await engine.world.waitUntil(
    what,
    60_000,
    async () => {
      for (const instance of instances) expect(followersOf(instance).length).toBeLessThanOrEqual(1);
      return (await done()) || null;
    },
    () => instances.map(followersOf),
  );
}

async function allFollowedBy(follower: (instance: ContractInstance) => string): Promise<void> {
  await engine.world.waitUntil(
    'each bot is followed by the one it belongs to',
    30_000,
    () => instances.every((instance) => followersOf(instance).join() === follower(instance)) || null,
    () => instances.map((instance) => [followersOf(instance), follower(instance)]),
  );
}

function watchGenerations(generations: Map<string, number[]>): Reflector<StatefulSet> {
  const { client, namespaces } = engine.harness;
  return new Reflector<StatefulSet>({
    client,
    kind: statefulSets,
    namespace: namespaces.shard(0),
    labelSelector: `${label.part}=bot`,
    logger: quiet,
    onChange: (key, set) => {
      const generation = Number(set?.metadata?.annotations?.[annotation.generation] ?? 0);
      generations.set(key, [...(generations.get(key) ?? []), generation]);
    },
  });
}
