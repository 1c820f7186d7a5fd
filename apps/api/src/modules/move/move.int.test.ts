import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InstanceView, newId } from '@zarpa/contracts';
import { waitFor } from '@zarpa/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Customer } from '../../testing/customer.ts';
import { openTestOperator, type TestOperator } from '../../testing/operator.ts';
import { PlayedCluster, RunningNow } from '../../testing/played-cluster.ts';
import { startTestApi, type TestApi } from '../../testing/test-api.ts';

let api: TestApi;
let operator: TestOperator;
let customer: Customer;
let directory: string;
let north: PlayedCluster;
let south: PlayedCluster;
let instance: InstanceView;
const running = new RunningNow();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zarpa-api-transfers-'));
  const settings = { SAFETY_NET_INTERVAL: '200ms', RESEND_AFTER: '500ms', TRANSFER_DIRECTORY: directory };
  api = await startTestApi({ ...settings, INSTANCES_PER_OWNER: '1000' });
  await api.sandbox.commit('ana/bot', { 'package.json': '{}' });
  operator = await openTestOperator(api);
  for (const id of ['north', 'south']) await operator.run('add', id);
  [north, south] = [await PlayedCluster.open(api, 'north', running), await PlayedCluster.open(api, 'south', running)];
  customer = await Customer.arrive(api);
});
afterAll(async () => {
  customer.leave();
  await Promise.all([north.close(), south.close(), operator.close()]);
  await api.stop();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  for (const cluster of [north, south])
    Object.assign(cluster.troubles, { silent: false, lossy: false, failsTransfers: false });
  await operator.run('open', 'north');
  await roomIn(north, 16_000);
  await roomIn(south, 8_000);
  instance = await runningInNorth();
});
afterEach(() => expect(running.twice).toEqual([]));

async function roomIn(cluster: PlayedCluster, freeMemoryMb: number): Promise<void> {
  await cluster.report(freeMemoryMb);
  await waitFor(async () => (await operator.run('list')).includes(`${freeMemoryMb} of 16000 MB`), {
    describe: 'the report is taken in',
  });
}
async function runningInNorth(): Promise<InstanceView> {
  const made = await customer.create({ repository: 'ana/bot' });
  const view = await viewWhere(made, ({ state, settling }) => state === 'running' && !settling);
  expect(view.clusterId).toBe('north');
  north.write(made.instanceId, `chats of ${made.instanceId}`);
  return view;
}
const viewWhere = ({ instanceId }: Pick<InstanceView, 'instanceId'>, fits: (view: InstanceView) => boolean) =>
  waitFor(
    async () => {
      const view = await customer.get<InstanceView>(`/v1/instances/${instanceId}`);
      return fits(view) ? view : undefined;
    },
    { describe: `${instanceId} is as it should be`, timeoutMs: 20_000 },
  );
interface MoveRow {
  readonly move_id: string;
  readonly phase: string;
  readonly failure: string | null;
  readonly detail: string | null;
  readonly leftover_cleared_at: Date | null;
}
async function moveWhere(fits: (row: MoveRow) => boolean, { instanceId } = instance): Promise<MoveRow> {
  const text = 'SELECT * FROM instance_move WHERE instance_id = $1 ORDER BY created_at DESC LIMIT 1';
  return waitFor(
    async () => {
      const { rows } = await api.database.query<MoveRow>(text, [instanceId]);
      return rows[0] && fits(rows[0]) ? rows[0] : undefined;
    },
    { describe: 'the move is as it should be', timeoutMs: 20_000 },
  );
}
const inPhase = (phase: string) => moveWhere((row) => row.phase === phase);
const toSouth = () => operator.run('move', instance.instanceId, 'south');

async function expectMoved(moved = instance): Promise<void> {
  const { instanceId } = moved;
  await moveWhere((row) => row.leftover_cleared_at !== null, moved);
  await viewWhere(moved, ({ state, clusterId, settling }) => state === 'running' && clusterId === 'south' && !settling);
  expect(running.of(instanceId)).toEqual(['south']);
  expect(south.dataOf(instanceId)).toBe(`chats of ${instanceId}`);
  expect(north.stateOf(instanceId)).toBe('purged');
}
async function expectBackInNorth(): Promise<void> {
  const { instanceId } = instance;
  await viewWhere(
    instance,
    ({ state, clusterId, settling }) => state === 'running' && clusterId === 'north' && !settling,
  );
  expect(running.of(instanceId)).toEqual(['north']);
  expect(north.dataOf(instanceId)).toBe(`chats of ${instanceId}`);
}

test('an instance is stopped in the first cluster before it starts in the second, its data with it, and removed from the first', async () => {
  await toSouth();
  await expectMoved();
  const states = (cluster: PlayedCluster) => cluster.tap.of(instance.instanceId).map(({ desired }) => desired.state);
  expect(states(south)).not.toContain('deleted');
  expect(south.tap.of(instance.instanceId).at(0)?.desired).toMatchObject({ state: 'paused', data: { export: null } });
  expect(states(north).at(-1)).toBe('purged');
  await waitFor(async () => (await readdir(directory)).length === 0, { describe: 'the data in between are removed' });
  expect(await operator.run('moves')).toMatch(/done/);
});

test('lost commands, doubled and late reports, two API processes: it arrives all the same, and never runs in two clusters', async () => {
  await api.another();
  north.troubles.lossy = true;
  south.troubles.lossy = true;
  await toSouth();
  await expectMoved();
});

test('an instance goes there and back again', async () => {
  await toSouth();
  await expectMoved();
  await operator.run('move', instance.instanceId, 'north');
  await moveWhere((row) => row.phase === 'done' && row.leftover_cleared_at !== null);
  await expectBackInNorth();
  expect(south.stateOf(instance.instanceId)).toBe('purged');
});

test('a first cluster that says nothing is never taken for stopped; the instance goes on there in the end', async () => {
  north.troubles.silent = true;
  await toSouth();
  await inPhase('stopping');
  await waitFor(() => north.stateOf(instance.instanceId) === 'paused', { describe: 'the command has come' });
  await api.database.query(
    `UPDATE instance_move SET phase_since = now() - interval '31 minutes' WHERE ended_at IS NULL`,
  );
  expect(await inPhase('failed')).toMatchObject({ failure: 'timed_out' });
  expect(south.tap.of(instance.instanceId)).toEqual([]);
  north.troubles.silent = false;
  await expectBackInNorth();
});

test('an export that fails leaves it running where it was', async () => {
  north.troubles.failsTransfers = true;
  await toSouth();
  expect(await inPhase('failed')).toMatchObject({ failure: 'export_failed', detail: 'The volume cannot be mounted' });
  await expectBackInNorth();
  expect(south.tap.of(instance.instanceId)).toEqual([]);
});

test('an import that fails leaves it running where it was, and what came of it is stopped and kept, not purged', async () => {
  south.troubles.failsTransfers = true;
  await toSouth();
  expect(await inPhase('failed')).toMatchObject({ failure: 'import_failed' });
  await expectBackInNorth();
  await moveWhere((row) => row.leftover_cleared_at !== null);
  expect(south.stateOf(instance.instanceId)).toBe('deleted');
  south.troubles.failsTransfers = false;
  await toSouth();
  await expectMoved();
});

test('an operator ends a move: the instance goes on where it was', async () => {
  south.troubles.silent = true;
  await toSouth();
  const { move_id } = await inPhase('importing');
  await operator.run('cancel', move_id);
  expect(await inPhase('failed')).toMatchObject({ failure: 'cancelled' });
  await expectBackInNorth();
  south.troubles.silent = false;
  await moveWhere((row) => row.leftover_cleared_at !== null);
});

test('a process that dies between a report and the step it leads to: the safety net takes the step', async () => {
  north.troubles.silent = true;
  await toSouth();
  await inPhase('stopping');
  await waitFor(() => north.stateOf(instance.instanceId) === 'paused', { describe: 'the command has come' });
  await api.database.query(
    `UPDATE instance SET observed_generation = generation, settled = true, state = 'paused' WHERE instance_id = $1`,
    [instance.instanceId],
  );
  await inPhase('exporting');
  north.troubles.silent = false;
  await expectMoved();
});

test('what the owner does meanwhile holds once it has arrived', async () => {
  south.troubles.silent = true;
  await toSouth();
  await inPhase('importing');
  await customer.post(`/v1/instances/${instance.instanceId}/pause`);
  south.troubles.silent = false;
  await moveWhere((row) => row.leftover_cleared_at !== null);
  await viewWhere(
    instance,
    ({ state, clusterId, settling }) => state === 'paused' && clusterId === 'south' && !settling,
  );
  expect(running.of(instance.instanceId)).toEqual([]);
  expect(south.dataOf(instance.instanceId)).toBe(`chats of ${instance.instanceId}`);
});

test('one that is deleted but can still be restored moves with its data, and runs where it is once it is restored', async () => {
  const path = `/v1/instances/${instance.instanceId}`;
  await customer.call('DELETE', path);
  await toSouth();
  await moveWhere((row) => row.leftover_cleared_at !== null);
  await viewWhere(instance, ({ state, clusterId }) => state === 'deleted' && clusterId === 'south');
  expect(running.of(instance.instanceId)).toEqual([]);
  await customer.post(`${path}/restore`);
  await expectMoved();
});

test('a move waits while no cluster has room, and goes on once one has', async () => {
  await roomIn(south, 100);
  await toSouth();
  await runningInNorth();
  await inPhase('requested');
  expect(running.of(instance.instanceId)).toEqual(['north']);
  await roomIn(south, 9_000);
  await expectMoved();
});

test('inventories of both clusters leave an instance that moves to its move, however old they are', async () => {
  const { instanceId } = instance;
  south.troubles.silent = true;
  await toSouth();
  await inPhase('importing');
  const beforeTheMoveEnded = north.inventory();
  const [known] = beforeTheMoveEnded;
  if (!known) throw new Error('The first cluster keeps nothing');
  const stray = { ...known, instanceId: newId('instance') };
  await north.publishInventory([...beforeTheMoveEnded, stray]);
  await north.tap.next(stray.instanceId, ({ name }) => name === 'instance.delete');
  expect(north.stateOf(instanceId)).toBe('paused');
  expect(north.tap.of(instanceId).map(({ name }) => name)).not.toContain('instance.delete');
  south.troubles.silent = false;
  await expectMoved();
  await north.publishInventory(beforeTheMoveEnded, Date.now() - 5_000);
  await south.publishInventory();
  await north.publishInventory();
  const other = await runningInNorth();
  await viewWhere(instance, ({ state, clusterId }) => state === 'running' && clusterId === 'south');
  expect(other.state).toBe('running');
  expect(north.stateOf(instanceId)).toBe('purged');
  expect(south.stateOf(instanceId)).toBe('running');
  expect(south.tap.of(instanceId).map(({ name }) => name)).not.toContain('instance.delete');
});

test('a cluster that never told of its purge: an inventory without the instance closes the matter', async () => {
  south.troubles.silent = true;
  await toSouth();
  await inPhase('importing');
  north.troubles.silent = true;
  south.troubles.silent = false;
  await waitFor(() => north.stateOf(instance.instanceId) === 'purged', { describe: 'the purge has come' });
  await moveWhere((row) => row.leftover_cleared_at === null);
  await north.publishInventory(north.inventory(), Date.now() + 60_000);
  await moveWhere((row) => row.leftover_cleared_at !== null);
});

test('a cluster that is drained gets nothing new, and all that is there moves to where there is room', async () => {
  const others = await Promise.all([runningInNorth(), runningInNorth()]);
  await operator.run('drain', 'north');
  const { clusterId } = await customer.create({ repository: 'ana/bot' });
  expect(clusterId).toBe('south');
  for (const moved of [instance, ...others]) await expectMoved(moved);
});
