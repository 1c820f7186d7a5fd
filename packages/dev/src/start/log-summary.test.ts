import { describe, expect, test } from 'vitest';
import { Repetition, summarizeLine } from './log-summary.ts';

describe('the terminal shows', () => {
  test('warnings and errors with their reason', () => {
    expect(summarizeLine('{"level":40,"msg":"Lost RabbitMQ"}', 'stdout')).toEqual({
      level: 'warn',
      text: 'Lost RabbitMQ',
    });
    expect(summarizeLine('{"level":50,"msg":"Failed a request","err":{"message":"no route"}}', 'stdout')).toEqual({
      level: 'error',
      text: 'Failed a request: no route',
    });
  });

  test('levels written as words', () => {
    expect(summarizeLine('{"level":"warn","msg":"Slow"}', 'stdout')?.level).toBe('warn');
    expect(summarizeLine('{"level":"info","msg":"Listening"}', 'stdout')).toBeUndefined();
  });

  test('nothing of what is ordinary', () => {
    expect(summarizeLine('{"level":30,"msg":"Handled a request"}', 'stdout')).toBeUndefined();
    expect(summarizeLine('Ready in 200 ms', 'stdout')).toBeUndefined();
  });

  test('plain lines of the error output, cut to one short line', () => {
    expect(summarizeLine('x'.repeat(1_000), 'stderr')?.text).toHaveLength(241);
    expect(summarizeLine('   ', 'stderr')).toBeUndefined();
  });
});

test('a line that repeats is held back, counted, and shown again after the window', () => {
  const repetition = new Repetition(1_000);
  expect(repetition.pass('same', 0)).toBe('same');
  expect(repetition.pass('same', 10)).toBeUndefined();
  expect(repetition.pass('same', 999)).toBeUndefined();
  expect(repetition.pass('other', 999)).toBe('other');
  expect(repetition.pass('same', 1_000)).toBe('same (2 more like it before)');
  expect(repetition.pass('same', 1_001)).toBeUndefined();
});
