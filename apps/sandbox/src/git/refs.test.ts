import { describe, expect, test } from 'vitest';
import { isRefName } from './refs.ts';

describe('isRefName', () => {
  test.each(['main', 'feature/novo', 'v1.0.0', 'a'.repeat(244), 'usuário/ção', 'a@b'])('takes %s', (name) => {
    expect(isRefName(name)).toBe(true);
  });

  test.each([
    '',
    '-n',
    '--output=x',
    'a b',
    'a..b',
    'a~1',
    'a^{tree}',
    'a:b',
    '@{-1}',
    '@',
    '/a',
    'a/',
    'a//b',
    'a.lock',
    'a.lock/b',
    '.a',
    'a/.b',
    'a.',
    'a\nb',
    'a\0b',
    'a\\b',
    'a*',
    'a'.repeat(245),
  ])('refuses %j', (name) => {
    expect(isRefName(name)).toBe(false);
  });
});
