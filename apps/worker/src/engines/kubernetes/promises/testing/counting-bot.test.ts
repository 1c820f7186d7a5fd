import { describe, expect, it } from 'vitest';
import { problemsOf } from './counting-bot.ts';

const line = (life: string, number: number, what = 'lives') => `${life} ${number} v ${what}`;
const printed = (...entries: [life: string, number: number][]) =>
  entries.map(([life, number]) => `${life} ${number}\n`).join('');

describe('the proof that a log is whole', () => {
  it('takes a whole log, also with a line that the bot could not write down any more', () => {
    const log = [line('a', 0, 'hello'), line('a', 1, 'bye'), line('b', 0, 'hello')];
    expect(problemsOf(log, printed(['a', 0], ['a', 1]))).toEqual([]);
  });

  it.each([
    ['a lost line', [line('a', 0), line('a', 2)], printed(['a', 2]), 'a has line 2 where 1 should be'],
    ['a lost end', [line('a', 0)], printed(['a', 0], ['a', 1]), 'a printed 2 lines, the log has 1'],
    ['a lost life', [], printed(['a', 0]), 'a printed 1 lines, the log has 0'],
    ['a doubled line', [line('a', 0), line('a', 0)], printed(['a', 0]), 'a has line 0 where 1 should be'],
    ['two at once', [line('a', 0), line('b', 0), line('a', 1)], '', 'a speaks again after b has begun'],
    ['half a line', ['a 0 v hel'], '', 'A line is strange: a 0 v hel'],
  ])('finds %s', (_what, log, written, problem) => {
    expect(problemsOf(log, written)).toEqual([problem]);
  });
});
