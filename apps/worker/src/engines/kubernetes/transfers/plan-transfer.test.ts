import { type DesiredInstance, newId } from '@zarpa/contracts';
import { describe, expect, test } from 'vitest';
import { aDesired } from '../../local/testing/builders.ts';
import { observe } from '../observe.ts';
import { type Facts, plan } from '../plan.ts';
import type { InstanceRecord, RecordedTransfer } from '../record/record.ts';
import { aPod, aRecord, factsOf, runningRecord } from '../testing/builders.ts';
import { triedInVain } from './asked-transfer.ts';
import { isTransferDue } from './plan-transfer.ts';

const moveId = newId('move');
const policy = { maxCrashes: 5, windowMs: 600_000 } as Parameters<typeof observe>[1];
const address = { moveId, url: 'http://api.test/transfers/1?ticket=secret', expiresAt: 10_000 };
const paused = aDesired({ state: 'paused' });
const exporting: DesiredInstance = { ...paused, data: { export: address, import: null } };
const importing: DesiredInstance = { ...paused, data: { export: null, import: address } };

const going = (change: Partial<RecordedTransfer> = {}): RecordedTransfer => ({
  moveId,
  direction: 'export',
  status: 'running',
  detail: null,
  jobUid: 'job-1',
  attempts: 0,
  retryAt: null,
  ...change,
});
/** A bot that ran before, and has stopped. */
const stopped = (desired: DesiredInstance, change: Partial<InstanceRecord> = {}) =>
  runningRecord(desired, { run: null, ...change });
const free = (desired: DesiredInstance, change: Partial<Facts> = {}) =>
  factsOf(desired, { pod: null, volumeFree: true, ...change });
/** Never run here. */
const fresh = (change: Partial<InstanceRecord> = {}) => aRecord(importing, { progress: null, ...change });
const nothing = (change: Partial<Facts> = {}) => free(importing, { statefulSet: 'absent', ...change });

describe('a transfer begins', () => {
  test('once nothing of the bot is left: by its pod, by any other, by the record, by the StatefulSet', () => {
    expect(plan(stopped(exporting), free(exporting)).kind).toBe('prepare-transfer');
    const pod = aPod(exporting, { deleting: true });
    expect(plan(runningRecord(exporting), factsOf(exporting, { pod })).kind).toBe('wait');
    expect(plan(stopped(exporting), free(exporting, { volumeFree: false })).kind).toBe('wait');
    expect(plan(runningRecord(exporting), free(exporting)).kind).toBe('wait');
    expect(plan(stopped(exporting), free(exporting, { statefulSet: 'differs' })).kind).toBe('apply');
    expect(plan(aRecord(exporting, { progress: null }), free(exporting, { statefulSet: 'differs' })).kind).toBe('wait');
  });

  test('not for a bot that should run', () => {
    const running: DesiredInstance = { ...exporting, state: 'running' };
    expect(plan(runningRecord(running), factsOf(running)).kind).toBe('wait');
    expect(observe(runningRecord(running), policy)).toMatchObject({ settled: true, transfer: null });
  });

  test('with an address that is good, after the pause that follows a failed attempt', () => {
    expect(plan(stopped(exporting), free(exporting, { transferDue: false })).kind).toBe('wait');
    expect(isTransferDue(stopped(exporting), 9_999)).toBe(true);
    expect(isTransferDue(stopped(exporting), 10_000)).toBe(false);
    const again = stopped(exporting, { transfer: triedInVain(going(), 'status 503', 1_000) });
    expect(again.transfer).toMatchObject({ status: 'running', detail: 'status 503', jobUid: null, attempts: 1 });
    expect([isTransferDue(again, 2_999), isTransferDue(again, 3_000)]).toEqual([false, true]);
  });

  test('into a volume that no bot has run on here', () => {
    expect(plan(fresh(), nothing()).kind).toBe('prepare-transfer');
    const refused = { kind: 'fail-transfer', transfer: { moveId, direction: 'import' }, detail: 'volume_in_use' };
    expect(plan(stopped(importing), free(importing))).toMatchObject(refused);
    expect(plan(fresh(), nothing({ statefulSet: 'differs' }))).toMatchObject(refused);
  });

  test('by letting a Job go that is named first', () => {
    const prepared = free(exporting, { transfer: { state: 'prepared', uid: 'job-1' } });
    expect(plan(stopped(exporting), prepared)).toEqual({ kind: 'start-transfer', uid: 'job-1' });
    expect(plan(stopped(exporting, { transfer: going() }), prepared).kind).toBe('start-transfer');
    expect(plan(stopped(exporting), { ...prepared, volumeFree: false }).kind).toBe('wait');
  });
});

describe('a Job', () => {
  const facts = (transfer: Facts['transfer']) => free(exporting, { transfer });
  const done = { state: 'over', uid: 'job-1', outcome: { outcome: 'done' } } as const;

  test('is waited for, and what came of it is kept, once', () => {
    const record = stopped(exporting, { transfer: going() });
    expect(plan(record, facts({ state: 'going', uid: 'job-1' })).kind).toBe('wait');
    expect(plan(record, facts(done))).toMatchObject({ kind: 'settle-transfer', uid: 'job-1', outcome: done.outcome });
    const settled = stopped(exporting, { transfer: going({ status: 'done' }) });
    expect(plan(settled, facts(done))).toEqual({ kind: 'remove-transfer', uid: 'job-1' });
    expect(plan(settled, facts({ state: 'none' })).kind).toBe('wait');
  });

  test('that the record does not name is removed', () => {
    const record = stopped(exporting, { transfer: going({ jobUid: null }) });
    expect(plan(record, facts(done)).kind).toBe('remove-transfer');
    expect(plan(record, facts({ state: 'going', uid: 'job-1' })).kind).toBe('remove-transfer');
  });

  test('that is gone without a word is replaced', () => {
    expect(plan(stopped(exporting, { transfer: going() }), facts({ state: 'none' })).kind).toBe('prepare-transfer');
  });
});

describe('a newer command without data', () => {
  const running = { ...aDesired(), generation: 9 };
  const record = stopped(running, { transfer: going() });
  const facts = (transfer: Facts['transfer']) => free(running, { transfer, statefulSet: 'differs' });

  test('ends the transfer, and starts the bot only when all of it is gone', () => {
    const states = [
      { state: 'prepared', uid: 'job-1' },
      { state: 'going', uid: 'job-1' },
    ] as const;
    for (const transfer of states) expect(plan(record, facts(transfer)).kind).toBe('remove-transfer');
    expect(plan(record, facts({ state: 'ending' })).kind).toBe('wait');
    expect(plan(record, facts({ state: 'none' }))).toMatchObject({ kind: 'fail-transfer', detail: 'cancelled' });
    const cancelled = stopped(running, { transfer: going({ status: 'failed', detail: 'cancelled', jobUid: null }) });
    expect(plan(cancelled, facts({ state: 'none' })).kind).toBe('apply');
  });

  test('does not purge beside a transfer either', () => {
    const purged = stopped({ ...running, state: 'purged' }, { transfer: going() });
    const left = free(purged.desired, { transfer: { state: 'ending' }, statefulSet: 'absent' });
    expect(plan(purged, left).kind).toBe('wait');
  });

  test('or with those of another move begins anew', () => {
    const other = { ...address, moveId: newId('move') };
    const next = stopped({ ...exporting, data: { export: other, import: null } }, { transfer: going() });
    expect(plan(next, free(next.desired)).kind).toBe('fail-transfer');
    const ended = { ...next, transfer: going({ status: 'failed', jobUid: null }) };
    expect(plan(ended, free(next.desired)).kind).toBe('prepare-transfer');
  });
});

describe('what is told', () => {
  test('is not settled before the transfer has ended, and keeps how it did', () => {
    const told = (transfer: RecordedTransfer | null, desired = exporting) =>
      observe(stopped(desired, { transfer }), policy);
    const running = { moveId, direction: 'export', status: 'running', detail: null };
    expect(told(null)).toMatchObject({ settled: false, reason: { code: 'moving' }, transfer: running });
    expect(told(going())).toMatchObject({ settled: false, transfer: running });
    expect(told(going({ status: 'done' }))).toMatchObject({ settled: true, transfer: { status: 'done' } });
    expect(told(going(), paused).settled).toBe(false);
    const failed = going({ status: 'failed', detail: 'digest_mismatch' });
    expect(told(failed, paused)).toMatchObject({
      settled: true,
      transfer: { status: 'failed', detail: 'digest_mismatch' },
    });
  });
});
