import { type DesiredInstance, type MoveId, newId, type ObservedTransfer } from '@zarpa/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContractInstance, ContractWorld } from '../../contract/contract-world.ts';
import { SourceServer, tarball } from '../../contract/source-server.ts';
import { configMaps, jobs, networkPolicies, secrets } from '../client/resource-kinds.ts';
import { transferName } from '../names.ts';
import { rememberedBy, rememberingBot } from '../promises/testing/remembering-bot.ts';
import { type KubernetesHarness, newKubernetesHarness } from '../testing/kubernetes-harness.ts';
import { PodWatch } from './testing/pod-watch.ts';
import { TransferServer } from './testing/transfer-server.ts';

type Direction = ObservedTransfer['direction'];

interface Cluster {
  readonly harness: KubernetesHarness;
  readonly world: ContractWorld;
}

/** Two engines of different names play two clusters with one registry. */
let first: Cluster;
let second: Cluster;
let server: TransferServer;

beforeAll(async () => {
  const registryPath = `moves-${newId('move').slice(-8).toLowerCase()}`;
  [first, second] = await Promise.all([openCluster(registryPath), openCluster(registryPath)]);
  server = await TransferServer.start(first.harness.sourceHost);
});

afterAll(async () => {
  await Promise.all([first?.world.dispose(), second?.world.dispose()]);
  await server?.[Symbol.asyncDispose]();
}, 120_000);

test.concurrent('a bot moves with its data, and nothing of it is ever there twice', async () => {
  const moveId = newId('move');
  const bot = first.world.newInstance();
  const watch = await PodWatch.start(first.harness.client, bot.id);
  try {
    const deployment = await bot.running(rememberingBot('first'));
    const { artifact } = await bot.untilDeployment(deployment, ({ status }) => status === 'succeeded');
    const { treasure } = await rememberedAt(bot, first.world, 1);

    // It still runs: that nothing is begun shows in what is reported, and in that there is no Job.
    await bot.send({ data: dataOf(moveId, 'export') });
    const running = await bot.until('it has taken that up', ({ settled }) => settled);
    expect(running).toMatchObject({ state: 'running', transfer: null });
    expect(await belongings(first, bot)).toEqual([]);
    expect(server.answersTo(moveId)).toEqual([]);

    // Told to stop and to send at once: it is sent when nothing of it is left.
    await bot.send({ state: 'paused', data: dataOf(moveId, 'export') });
    const sent = await bot.until('its data are sent', ({ settled }) => settled);
    expect(sent).toMatchObject({ state: 'paused', reason: { code: 'moving' }, transfer: ended(moveId, 'export') });
    await bot.resend();
    expect(server.answersTo(moveId)).toEqual(['PUT 204']);

    const moved = second.world.newInstance();
    const environment = second.harness.seal(deployment.deploymentId, {});
    moved.desired = bot.desired;
    await moved.send({ deployment: { ...deployment, artifact, environment }, data: dataOf(moveId, 'import') });
    const received = await moved.until('its data are there', ({ settled }) => settled);
    expect(received).toMatchObject({ state: 'paused', transfer: ended(moveId, 'import') });
    await moved.send({ state: 'running', data: undefined });
    await moved.until('it runs', ({ state, settled }) => state === 'running' && settled);
    expect(await rememberedAt(moved, second.world, 2)).toEqual({ treasure, version: 'first' });
    expect(await moved.overlaps()).toBe('');

    await bot.send({ state: 'purged', data: undefined });
    await bot.until('it is gone in the first', ({ state }) => state === 'purged');
    await Promise.all([untilClean(first, bot), untilClean(second, moved)]);
    expect(watch.overlaps).toEqual([]);
    expect(watch.parts).toEqual(['bot']);
    expect(watch.places('bot')).toEqual(shards());
    expect(watch.places('transfer')).toEqual(shards());
    expect(JSON.stringify([...watch.seen.values()])).not.toContain('ticket=');
  } finally {
    watch.stop();
  }
});

test.concurrent('what was sent is not what comes: the volume is left alone, and the operator hears why', async () => {
  const instance = second.world.newInstance();
  const good = newId('move');
  server.put(good, await archiveOf('precious'));
  // The first address is refused, as one that has expired is: it is tried again with a fresh one.
  const data = dataOf(good, 'import');
  server.refuse(good);
  await instance.send({ state: 'paused', data });
  await instance.until('it was refused', ({ transfer }) => transfer?.detail === 'status 403');
  instance.desired = { ...instance.desired, data: dataOf(good, 'import') };
  await instance.resend();
  await instance.until('its data are there', ({ settled }) => settled);
  expect(await keptBy(instance)).toBe('precious');

  const bad = newId('move');
  server.put(bad, await archiveOf('forged'));
  server.lie(bad, 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:');
  await instance.send({ data: dataOf(bad, 'import') });
  const refused = await instance.until('it is refused', ({ settled }) => settled);
  expect(refused.transfer).toEqual({ ...ended(bad, 'import'), status: 'failed', detail: 'digest_mismatch' });
  expect(await keptBy(instance)).toBe('precious');
  await untilClean(second, instance);
});

test.concurrent('a transfer that nobody wants any more is ended and removed', async () => {
  const instance = second.world.newInstance();
  const moveId = newId('move');
  server.put(moveId, await archiveOf('late'));
  const release = server.hold(moveId);
  await instance.send({ state: 'paused', data: dataOf(moveId, 'import') });
  await untilGoing(instance);
  expect(instance.observed).toMatchObject({ settled: false, transfer: { moveId, status: 'running' } });
  await instance.send({ data: undefined });
  const cancelled = await instance.until('it is ended', ({ settled }) => settled);
  expect(cancelled.transfer).toEqual({ ...ended(moveId, 'import'), status: 'failed', detail: 'cancelled' });
  await untilClean(second, instance);
  release();
  expect(await keptBy(instance)).toBeNull();
});

test.concurrent('a transfer reaches its address, and nothing else', async () => {
  const elsewhere = await SourceServer.start(second.harness.sourceHost);
  try {
    const instance = second.world.newInstance();
    const moveId = newId('move');
    server.redirect(moveId, elsewhere.publishBytes(await archiveOf('bait')));
    await instance.send({ state: 'paused', data: dataOf(moveId, 'import') });
    await instance.until('it was kept from it', ({ transfer }) => transfer?.detail?.startsWith('network ') === true);
    expect(elsewhere.downloads).toBe(0);
    await instance.send({ data: undefined });
    await instance.until('it is ended', ({ settled }) => settled);
  } finally {
    await elsewhere[Symbol.asyncDispose]();
  }
});

test('a worker dies while data are carried: the next one tells what came of it', async () => {
  const instance = second.world.newInstance();
  const moveId = newId('move');
  server.put(moveId, await archiveOf('kept'));
  const release = server.hold(moveId);
  await instance.send({ state: 'paused', data: dataOf(moveId, 'import') });
  await untilGoing(instance);
  await second.world.replaceWorker();
  release();
  const received = await instance.until('its data are there', ({ settled }) => settled);
  expect(received.transfer).toEqual(ended(moveId, 'import'));
  expect(server.answersTo(moveId)).toEqual(['GET 200']);
  expect(await keptBy(instance)).toBe('kept');
});

const shards = () => [first, second].map(({ harness }) => harness.namespaces.shard(0)).sort();

async function openCluster(registryPath: string): Promise<Cluster> {
  const harness = await newKubernetesHarness({ registryPath });
  return { harness, world: await ContractWorld.open(harness) };
}

function dataOf(moveId: MoveId, direction: Direction): DesiredInstance['data'] {
  const address = server.address(moveId);
  return direction === 'export' ? { export: address, import: null } : { export: null, import: address };
}

const ended = (moveId: MoveId, direction: Direction): ObservedTransfer => ({
  moveId,
  direction,
  status: 'done',
  detail: null,
});

/** A gzipped tar with one file, below the folder that such archives have. */
const archiveOf = (content: string): Promise<Buffer> => tarball({ precious: content });
const keptBy = (instance: ContractInstance) => instance.data('owner-name-0123456/precious');

const rememberedAt = (instance: ContractInstance, world: ContractWorld, start: number) =>
  world.waitUntil(
    `the bot tells what it found at start ${start}`,
    30_000,
    async () => rememberedBy(await instance.lines(), start),
    () => instance.observed,
  );

async function untilGoing(instance: ContractInstance): Promise<void> {
  const isGoing = async () => {
    const job = await second.harness.client.get(jobs, refOf(second, instance));
    return (job?.status?.ready ?? 0) > 0 || null;
  };
  await second.world.waitUntil('it is under way', 20_000, isGoing, () => instance.observed);
}

const refOf = ({ harness }: Cluster, { id }: ContractInstance) => ({
  namespace: harness.namespaces.shard(0),
  name: transferName(id),
});

/** What there is of a transfer. */
async function belongings(cluster: Cluster, instance: ContractInstance): Promise<string[]> {
  const { client } = cluster.harness;
  const ref = refOf(cluster, instance);
  const found = await Promise.all([
    client.get(jobs, ref),
    client.get(secrets, ref),
    client.get(configMaps, ref),
    client.get(networkPolicies, ref),
  ]);
  return found.flatMap((object) => object?.kind ?? []);
}

async function untilClean(cluster: Cluster, instance: ContractInstance): Promise<void> {
  await cluster.world.waitUntil(
    'nothing is left of the transfer',
    20_000,
    async () => (await belongings(cluster, instance)).length === 0 || null,
    () => instance.observed,
  );
}
