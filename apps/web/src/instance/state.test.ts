import { expect, test } from 'vitest';
import { canCommand, primaryActionOf } from './orders.ts';
import { reasonValues } from './reason-values.ts';
import { sentenceOf } from './sentence.ts';
import { type InstanceState, needsAttention, toneOf } from './state.ts';

const now = Date.parse('2026-03-01T14:02:00.000Z');
const running: InstanceState = {
  state: 'running',
  desiredState: 'running',
  settling: false,
  reason: null,
  startedAt: '2026-03-01T11:02:00.000Z',
  nextStartAt: null,
  restorableUntil: null,
  memoryMb: 256,
};
const outOfMemory = { code: 'out_of_memory' as const, params: { limitMb: '256' } };

test('a running bot says since when and how much memory it uses', () => {
  expect(sentenceOf(running, 88_080_384, now)).toEqual({
    key: 'runningWithMemory',
    since: running.startedAt,
    usedBytes: 88_080_384,
    limitMb: 256,
  });
  expect(sentenceOf(running, null, now)).toEqual({ key: 'running', since: running.startedAt });
});

test('a stopped bot says why, and offers what helps', () => {
  const stopped: InstanceState = { ...running, state: 'stopped', reason: outOfMemory };
  expect(sentenceOf(stopped, null, now)).toEqual({ key: 'stopped', reason: outOfMemory });
  expect(primaryActionOf(stopped)).toBe('changePlan');
  expect(primaryActionOf({ ...stopped, reason: { code: 'crash_loop', params: {} } })).toBe('startAgain');
  expect(primaryActionOf({ ...stopped, reason: { code: 'crash_loop', params: { last: 'out_of_memory' } } })).toBe(
    'changePlan',
  );
});

test('a crashed bot counts down to its next start', () => {
  const crashed: InstanceState = {
    ...running,
    state: 'backoff',
    reason: { code: 'crashed', params: {} },
    nextStartAt: '2026-03-01T14:02:07.400Z',
  };
  expect(sentenceOf(crashed, null, now)).toMatchObject({ key: 'backoff', seconds: 8 });
  expect(sentenceOf(crashed, null, now + 60_000)).toMatchObject({ seconds: 0 });
});

test('an order under way is told before the state it leaves', () => {
  expect(sentenceOf({ ...running, desiredState: 'paused', settling: true }, null, now).key).toBe('pausing');
  expect(sentenceOf({ ...running, state: 'paused', settling: true }, null, now).key).toBe('resuming');
  expect(sentenceOf({ ...running, desiredState: 'deleted', settling: true }, null, now).key).toBe('deleting');
  expect(sentenceOf({ ...running, state: 'deleted', settling: true }, null, now).key).toBe('restoring');
});

test('only what can be done is offered', () => {
  expect(canCommand(running, 'pause')).toBe(true);
  expect(canCommand(running, 'resume')).toBe(false);
  expect(canCommand({ ...running, desiredState: 'paused', state: 'paused' }, 'restart')).toBe(false);
  expect(canCommand({ ...running, desiredState: 'deleted', state: 'deleted' }, 'delete')).toBe(false);
});

test('a running bot needs nothing, a paused one resumes', () => {
  expect(primaryActionOf(running)).toBeNull();
  expect(primaryActionOf({ ...running, state: 'paused', desiredState: 'paused' })).toBe('resume');
  expect(primaryActionOf({ ...running, state: 'paused', settling: true })).toBeNull();
});

test('each state has a tone', () => {
  expect(toneOf({ state: 'backoff', reason: null })).toBe('warn');
  expect(toneOf({ state: 'building', reason: null })).toBe('busy');
  expect(toneOf({ state: 'starting', reason: null })).toBe('busy');
  expect(toneOf({ state: 'paused', reason: null })).toBe('idle');
});

test('a start that something holds up says what, and calls for a look', () => {
  const held: InstanceState = { ...running, state: 'starting', reason: { code: 'unschedulable', params: {} } };
  expect(sentenceOf(held, null, now)).toEqual({ key: 'held', reason: held.reason });
  expect(toneOf(held)).toBe('warn');
  expect(needsAttention(held)).toBe(true);
  expect(needsAttention({ ...held, reason: null })).toBe(false);
  expect(primaryActionOf(held)).toBeNull();
  expect(primaryActionOf({ ...held, reason: { code: 'image_pull_failed', params: {} } })).toBe('redeploy');
});

test('a value that the worker did not give is none', () => {
  expect(reasonValues({ params: { exitCode: '1', file: '' } })).toMatchObject({
    exitCode: '1',
    package: 'none',
  });
});
