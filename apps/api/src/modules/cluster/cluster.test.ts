import { ClusterId } from '@zarpa/contracts';
import { expect, test } from 'vitest';
import { type Candidate, choosePlace, reportLifetimeMs } from './cluster.ts';

const now = 1_800_000_000_000;

const cluster = (id: string, freeMb: number, changes: Partial<Candidate> = {}): Candidate => ({
  clusterId: ClusterId.parse(id),
  engine: 'kubernetes',
  capacity: {
    memoryMb: { total: 10_000, free: freeMb },
    cpuMillis: { total: 4_000, free: 0 },
    pods: { total: 110, free: 10 },
  },
  reportedAt: new Date(now),
  takenMemoryMb: 0,
  takenPods: 0,
  ...changes,
});

test('takes the cluster with the most free memory, less what was placed there since', () => {
  expect(choosePlace([cluster('a', 1_000), cluster('b', 2_000)], 512, now)).toBe('b');
  expect(choosePlace([cluster('a', 1_000), cluster('b', 2_000, { takenMemoryMb: 1_200 })], 512, now)).toBe('a');
});

test('takes none that has no room for the plan, in memory or in pods', () => {
  expect(choosePlace([cluster('a', 511)], 512, now)).toBeNull();
  expect(choosePlace([cluster('a', 512)], 512, now)).toBe('a');
  expect(choosePlace([cluster('a', 5_000, { takenPods: 10 })], 512, now)).toBeNull();
});

test('takes none that is silent, has never reported, or does not know its capacity', () => {
  const silent = cluster('a', 5_000, { reportedAt: new Date(now - reportLifetimeMs - 1) });
  const fresh = cluster('b', 600, { reportedAt: new Date(now - reportLifetimeMs) });
  expect(choosePlace([silent, cluster('c', 5_000, { reportedAt: null })], 512, now)).toBeNull();
  expect(choosePlace([cluster('d', 0, { capacity: null })], 512, now)).toBeNull();
  expect(choosePlace([silent, fresh], 512, now)).toBe('b');
});

test('the embedded engine takes everything, but only where no cluster has room', () => {
  const local = cluster('local', 0, { engine: 'local', capacity: null, reportedAt: null });
  expect(choosePlace([local], 512, now)).toBe('local');
  expect(choosePlace([local, cluster('a', 600)], 512, now)).toBe('a');
  expect(choosePlace([local, cluster('a', 100)], 512, now)).toBe('local');
});
