import { ClusterId, type ClusterInventory, newId, type ObservedInstance } from '@zarpa/contracts';
import { expect, test } from 'vitest';
import { compareInventory, type ExpectedInstance, travelTimeMs } from './inventory.ts';

const takenAt = 1_800_000_000_000;
const clusterId = ClusterId.parse('local');

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
  const differences = compareInventory([expected], inventory(seen({ instanceId: expected.instanceId })));
  expect(differences).toEqual({ unknown: [], news: [], progress: [], missing: [], gone: [] });
});

test('finds what nobody owns, unless it has been purged already', () => {
  const orphan = seen({ state: 'running' });
  const { unknown } = compareInventory([], inventory(orphan, seen({ state: 'purged' })));
  expect(unknown).toEqual([orphan.observed]);
});

test('finds what is not there, but not what was sent a moment ago', () => {
  const [lost, fresh] = [row(), row({ lastSentAt: new Date(takenAt - travelTimeMs) })];
  const toGo = row({ desiredState: 'purged' });
  const { missing, gone } = compareInventory([lost, fresh, toGo], inventory());
  expect(missing).toEqual([lost.instanceId]);
  expect(gone).toEqual([toGo]);
});

test('finds reports that were lost', () => {
  const expected = row();
  const item = seen({ instanceId: expected.instanceId, revision: 9 });
  expect(compareInventory([expected], inventory(item)).news).toEqual([item.observed]);
});
