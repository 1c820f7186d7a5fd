import { expect, test } from 'vitest';
import { formatDuration } from './report.ts';

test.each([
  [400, '0.4 s'],
  [9_940, '9.9 s'],
  [12_300, '12 s'],
  [59_700, '1 min 0 s'],
  [185_000, '3 min 5 s'],
])('%i ms reads as %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});
