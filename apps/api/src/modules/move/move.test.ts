import { ClusterId, newId, type ObservedTransfer } from '@zarpa/contracts';
import { describe, expect, test } from 'vitest';
import { type Move, nextStep, type Seen } from './move.ts';

const now = 1_800_000_000_000;
const clock = { now, stepTimeoutMs: 60_000 };
const moveId = newId('move');

const move = (changes: Partial<Move>): Move => ({
  moveId,
  instanceId: newId('instance'),
  fromClusterId: ClusterId.parse('north'),
  toClusterId: ClusterId.parse('south'),
  phase: 'stopping',
  generation: 5,
  phaseSince: new Date(now),
  cancelled: false,
  dataBytes: null,
  ...changes,
});
const seen = (changes: Partial<Seen> = {}): Seen => ({
  generation: 5,
  settled: true,
  state: 'paused',
  transfer: null,
  ...changes,
});
const transfer = (changes: Partial<ObservedTransfer>): ObservedTransfer => ({
  moveId,
  direction: 'export',
  status: 'done',
  detail: null,
  ...changes,
});

describe('stopping', () => {
  test.each(['paused', 'stopped', 'failed', 'deleted', 'pending'] as const)('%s and settled: goes on', (state) => {
    expect(nextStep(move({}), seen({ state }), clock)).toEqual({ kind: 'enter', phase: 'exporting' });
  });

  test.each(['running', 'starting', 'backoff', 'stopping', 'building', 'purged'] as const)('%s: waits', (state) => {
    expect(nextStep(move({}), seen({ state }), clock)).toEqual({ kind: 'wait' });
  });

  test('an older generation, or one that is not settled, says nothing about now', () => {
    expect(nextStep(move({}), seen({ generation: 4 }), clock)).toEqual({ kind: 'wait' });
    expect(nextStep(move({}), seen({ settled: false }), clock)).toEqual({ kind: 'wait' });
    expect(nextStep(move({}), seen({ generation: 6 }), clock)).toMatchObject({ kind: 'enter' });
  });
});

describe('exporting and importing', () => {
  const exporting = move({ phase: 'exporting', dataBytes: 10 });
  const importing = move({ phase: 'importing', dataBytes: 10 });

  test('go on when this very transfer is done', () => {
    expect(nextStep(exporting, seen({ transfer: transfer({}) }), clock)).toEqual({ kind: 'enter', phase: 'importing' });
    const imported = seen({ transfer: transfer({ direction: 'import' }) });
    expect(nextStep(importing, imported, clock)).toEqual({ kind: 'enter', phase: 'done' });
  });

  test('wait for what is not: another move, the other direction, one that runs, an older generation', () => {
    for (const other of [{ moveId: newId('move') }, { direction: 'import' }, { status: 'running' }] as const) {
      expect(nextStep(exporting, seen({ transfer: transfer(other) }), clock)).toEqual({ kind: 'wait' });
    }
    expect(nextStep(importing, seen({ transfer: transfer({}) }), clock)).toEqual({ kind: 'wait' });
    expect(nextStep(exporting, seen({ generation: 4, transfer: transfer({}) }), clock)).toEqual({ kind: 'wait' });
  });

  test('an export that is said to be done but has not arrived is waited for', () => {
    const withoutData = move({ phase: 'exporting' });
    expect(nextStep(withoutData, seen({ transfer: transfer({}) }), clock)).toEqual({ kind: 'wait' });
  });

  test('a transfer that failed ends the move, with what the engine said', () => {
    const failed = transfer({ status: 'failed', detail: 'The disk is full' });
    expect(nextStep(exporting, seen({ transfer: failed }), clock)).toEqual({
      kind: 'fail',
      failure: 'export_failed',
      detail: 'The disk is full',
    });
    const notImported = seen({ transfer: { ...failed, direction: 'import' } });
    expect(nextStep(importing, notImported, clock)).toMatchObject({ failure: 'import_failed' });
  });
});

test('a step that takes too long ends the move, but not one that is over just now', () => {
  const phaseSince = new Date(now - 60_001);
  expect(nextStep(move({ phaseSince }), seen({ settled: false }), clock)).toMatchObject({ failure: 'timed_out' });
  expect(nextStep(move({ phaseSince }), seen(), clock)).toMatchObject({ kind: 'enter' });
});

test('an operator ends it in any phase', () => {
  for (const phase of ['stopping', 'exporting', 'importing'] as const) {
    expect(nextStep(move({ phase, cancelled: true }), seen(), clock)).toMatchObject({ failure: 'cancelled' });
  }
});
