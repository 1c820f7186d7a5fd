import { describe, expect, test } from 'vitest';
import { compareMessages, flatten } from './messages.ts';
import { placeholders } from './placeholders.ts';
import { missingScripts } from './scripts.ts';

describe('message files', () => {
  const base = flatten({ logs: { title: 'Logs', lines: '{count, plural, one {# linha} other {# linhas}}' } });

  test('agree when keys and placeholders do', () => {
    const other = flatten({ logs: { title: 'Logs', lines: '{count, plural, one {# line} other {# lines}}' } });
    expect(compareMessages(base, other, 'en')).toEqual([]);
  });

  test('differ by what is missing, too much, empty, or filled otherwise', () => {
    const other = flatten({ logs: { title: ' ', lines: '{total} lines', extra: 'x' } });
    expect(compareMessages(base, other, 'en')).toEqual([
      'en: logs.title is empty.',
      'en: logs.lines must use the placeholders {count}.',
      'en: logs.extra is not in pt-BR.',
    ]);
    expect(compareMessages(base, flatten({ logs: { title: 'Logs' } }), 'es')).toEqual(['es: logs.lines is missing.']);
  });
});

test.each([
  ['tem {count} linhas de <b>{name}</b>', '<b> {count} {name}'],
  ['{count, plural, one {caiu {times} vez} other {caiu}} em {minutes, number}', '{count} {minutes} {times}'],
  ['nada', ''],
])('the placeholders of %j are %j', (message, expected) => {
  expect(placeholders(message)).toBe(expected);
});

test('a test file that no script runs is found', () => {
  const files = ['src/a.test.ts', 'src/b.int.test.ts'];
  expect(missingScripts('@zarpa/x', { test: 'vitest run' }, files)).toEqual([
    '@zarpa/x has test files but no script "test:int": nothing runs them.',
  ]);
  expect(missingScripts('@zarpa/x', {}, ['src/a.test.tsx'])).toHaveLength(1);
  expect(missingScripts('@zarpa/x', { 'test:e2e': 'vitest run' }, ['src/a.e2e.test.ts'])).toEqual([]);
  expect(missingScripts('@zarpa/x', { 'test:cluster': 'vitest run' }, ['src/a.cluster.test.ts'])).toEqual([]);
});
