import { expect, test } from 'vitest';
import { bytes, relativeTime } from './format.ts';

const now = Date.UTC(2026, 10, 20, 12);

test.each([
  ['pt-BR', 0, 'agora'],
  ['en', 5 * 60_000, '5 min. ago'],
  ['pt-BR', 3 * 3_600_000, 'há 3 h'],
  ['en', 48 * 3_600_000, 'Nov 18, 2026'],
])('in %s, %d ms ago is "%s"', (language, passedMs, text) => {
  expect(relativeTime(language, new Date(now - passedMs), now)).toBe(text);
});

test('sizes carry their unit', () => {
  expect([bytes('pt-BR', 12), bytes('pt-BR', 1_536), bytes('en', 3 * 1_048_576)]).toEqual(['12 B', '1,5 KB', '3 MB']);
});
