import { newId } from '@zarpa/contracts';
import { expect, test } from 'vitest';
import { aDesired } from '../local/testing/builders.ts';
import { accept } from './accept.ts';
import type { Kept } from './kept.ts';
import { ended } from './progress.ts';

const taken = (desired: Kept['desired'], record: Kept | null): Kept => {
  const accepted = accept({ desired, record, tombstone: null, first: (kept: Kept) => kept, now: 5 });
  if (accepted.kind === 'buried') throw new Error('There is no tombstone');
  return accepted.record;
};

test('a deployment that was dropped with its instance is wanted again when that is restored', () => {
  const desired = aDesired();
  const kept = taken(desired, null);
  if (kept.progress === null) throw new Error('There is no deployment');
  const dropped = { ...kept, progress: ended(kept.progress, 'cancelled', { code: 'instance_deleted', params: {} }, 1) };
  expect(taken({ ...desired, generation: 2, state: 'running' }, dropped).progress?.status).toBe('queued');
  expect(taken({ ...desired, generation: 2, state: 'deleted' }, dropped).progress?.status).toBe('cancelled');
});

test('the same command again brings fresh addresses', () => {
  const address = (url: string) => ({ moveId: newId('move'), url, expiresAt: 1 });
  const desired = aDesired({ state: 'paused', data: { export: address('http://api.test/1'), import: null } });
  const data = { export: address('http://api.test/2'), import: null };
  const repeated = taken({ ...desired, data }, taken(desired, null));
  expect(repeated.desired.data).toEqual(data);
  expect(taken({ ...desired, generation: 2, data: undefined }, repeated).desired.data).toBeUndefined();
});

test('a deployment that its owner cancelled stays cancelled', () => {
  const desired = aDesired();
  const kept = taken(desired, null);
  if (kept.progress === null) throw new Error('There is no deployment');
  const given = { ...kept, progress: ended(kept.progress, 'cancelled', { code: 'cancelled', params: {} }, 1) };
  expect(taken({ ...desired, generation: 2, restartRevision: 1 }, given).progress?.status).toBe('cancelled');
});
