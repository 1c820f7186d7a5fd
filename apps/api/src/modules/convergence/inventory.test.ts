import { ClusterId, type ClusterInventory, type InstanceId, newId, type ObservedInstance } from '@zarpa/contracts';
import { expect, test } from 'vitest';
import { compareInventory, type ExpectedInstance, travelTimeMs } from './inventory.ts';

const takenAt = 1_800_000_000_000;
const clusterId = ClusterId.parse('local');
const restoreWindowMs = 7 * 24 * 60 * 60 * 1000;
const compare = (expected: readonly ExpectedInstance[], inventory: ClusterInventory, moving: InstanceId[] = []) =>
  compareInventory({ expected, moving: new Set(moving) }, inventory, restoreWindowMs);

const row = (changes: Partial<ExpectedInstance> = {}): ExpectedInstance => ({
  instanceId: newId('instance'),
  generation: 3,
  desiredState: 'running',
  observedGeneration: 3,
  observedRevision: 8,
  lastSentAt: new Date(takenAt - travelTimeMs - 1),
  ...changes,
});

const seen = (changes: Partial<ObservedInstance>): ClusterInventory['instances'][number] => ({
  observed: {
    instanceId: newId('instance'),
    clusterId,
    generation: 3,
    settled: true,
    revision: 8,
    state: 'running',
    reason: null,
    deploymentId: null,
    exitCode: null,
    restarts: 0,
    startedAt: null,
    nextStartAt: null,
    memoryLimitMb: null,
    observedAt: takenAt,
    ...changes,
  },
  progress: null,
});

const inventory = (...instances: ClusterInventory['instances']): ClusterInventory => ({
  version: 1,
  workerId: 'w',
  clusterId,
  engine: 'local',
  takenAt,
  instances,
});

test('finds nothing to do where all is as it should be', () => {
  const expected = row();
  const differences = compare([expected], inventory(seen({ instanceId: expected.instanceId })));
  expect(differences).toEqual({ strays: [], expired: [], news: [], progress: [], missing: [], gone: [] });
});

test('an empty database costs no data: what it does not know is to be stopped, however old', () => {
  const strays = (['pending', 'running', 'backoff', 'stopping', 'paused', 'stopped', 'failed'] as const).map((state) =>
    seen({ state, observedAt: 0 }),
  );
  const differences = compare([], inventory(...strays, seen({ state: 'purged' })));
  expect(differences).toMatchObject({ strays: strays.map(({ observed }) => observed), expired: [] });
});

test('finds what no row knows to be purged once it has been deleted for as long as it could be restored', () => {
  const due = seen({ state: 'deleted', observedAt: takenAt - restoreWindowMs - 1 });
  const kept = seen({ state: 'deleted', observedAt: takenAt - restoreWindowMs });
  expect(compare([], inventory(due, kept))).toMatchObject({ strays: [], expired: [due.observed] });
});

test('leaves what its row knows as deleted to its row', () => {
  const expected = row({ desiredState: 'deleted' });
  const deleted = seen({ instanceId: expected.instanceId, state: 'deleted', observedAt: 0 });
  expect(compare([expected], inventory(deleted))).toMatchObject({ strays: [], expired: [] });
});

test('finds what is not there, but not what was sent a moment ago', () => {
  const [lost, fresh] = [row(), row({ lastSentAt: new Date(takenAt - travelTimeMs) })];
  const toGo = row({ desiredState: 'purged' });
  const { missing, gone } = compare([lost, fresh, toGo], inventory());
  expect(missing).toEqual([lost.instanceId]);
  expect(gone).toEqual([toGo]);
});

test('finds reports that were lost', () => {
  const expected = row();
  const item = seen({ instanceId: expected.instanceId, revision: 9 });
  expect(compare([expected], inventory(item)).news).toEqual([item.observed]);
});

test('an inventory that is a few seconds old takes nothing that came after it for missing', () => {
  const created = row({
    generation: 1,
    observedGeneration: 0,
    observedRevision: -1,
    lastSentAt: new Date(takenAt + 5_000),
  });
  const toGo = row({ desiredState: 'purged', lastSentAt: new Date(takenAt + 5_000) });
  expect(compare([created, toGo], inventory())).toMatchObject({ missing: [], gone: [] });
});

test('what two workers of one cluster say in any order is news only where it is newer', () => {
  const expected = row({ observedRevision: 9 });
  const behind = seen({ instanceId: expected.instanceId, revision: 8, state: 'starting' });
  expect(compare([expected], inventory(behind))).toMatchObject({ news: [], strays: [], missing: [] });
});

test('an instance that moves, or has moved away, is left to its move: neither stopped nor purged', () => {
  const moving = seen({ state: 'paused' });
  const left = seen({ state: 'deleted', observedAt: takenAt - restoreWindowMs - 1 });
  const found = compare([], inventory(moving, left), [moving.observed.instanceId, left.observed.instanceId]);
  expect(found).toMatchObject({ strays: [], expired: [] });
  expect(compare([], inventory(moving, left))).toMatchObject({ strays: [moving.observed], expired: [left.observed] });
});
