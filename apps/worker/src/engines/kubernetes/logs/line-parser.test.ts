import { expect, test } from 'vitest';
import { parseTime } from './line-parser.ts';

test.each([
  ['2026-11-21T14:09:17.753652516Z', 1795270157753, 652_516],
  ['2026-11-21T14:09:17.753652Z', 1795270157753, 652_000],
  ['2026-11-21T14:09:17Z', 1795270157000, 0],
  ['2026-11-21T16:09:17.000000001+02:00', 1795270157000, 1],
])('%s', (text, at, nanoseconds) => {
  expect(parseTime(text)).toEqual({ at, nanoseconds });
});

test.each(['', 'unable', '2026-11-21', '2026-13-41T14:09:17Z', '2026-11-21T14:09:17.7536525160Z'])(
  '%s is no time',
  (text) => {
    expect(parseTime(text)).toBeNull();
  },
);
