import { expect, test } from 'vitest';
import { logText, matcherOf } from './log-text.ts';

const line = {
  id: '1-1',
  at: Date.UTC(2026, 0, 2),
  kind: 'line',
  text: '\u001b[32mConexão OK\u001b[0m',
  data: null,
} as const;

test('writes a line without its colours', () => {
  expect(logText(line)).toBe('2026-01-02T00:00:00.000Z Conexão OK\n');
});

test('says what a line of the platform’s own says', () => {
  const exited = { ...line, kind: 'exited', text: '', data: { exitCode: '1' } } as const;
  expect(logText(exited)).toBe('2026-01-02T00:00:00.000Z [exited exitCode=1]\n');
});

test('finds text across colours and case', () => {
  const coloured = { ...line, text: 'con\u001b[1mex\u001b[0mÃO' };
  expect(matcherOf('CONEXão')(coloured)).toBe(true);
  expect(matcherOf('[1m')(coloured)).toBe(false);
  expect(matcherOf(undefined)(coloured)).toBe(true);
});
