import { describe, expect, it } from 'vitest';
import { BranchName, RepositoryName, RootDirectory, VariableName } from './primitives.ts';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe('RootDirectory', () => {
  it.each(['', 'apps/bot', 'a', 'bots/.config', 'a..b', 'ação/bot'])('takes %j', (value) =>
    expect(accepts(RootDirectory, value)).toBe(true),
  );
  it.each(['/etc', '..', 'a/..', '../a', 'a/../../b', './a', 'a//b', 'a/', 'a\\b', 'a\nb', 'a\0b'])(
    'refuses %j',
    (value) => expect(accepts(RootDirectory, value)).toBe(false),
  );
});

describe('RepositoryName', () => {
  it.each(['zarpa-exemplos/bot-eco-node', 'a/b', 'A1/x.y_z'])('takes %j', (value) =>
    expect(accepts(RepositoryName, value)).toBe(true),
  );
  it.each(['a', 'a/b/c', '-a/b', 'a/..', 'a/.', 'a b/c', 'a/b?x=1', 'a/b#', '../b', 'a/%2e%2e'])(
    'refuses %j',
    (value) => expect(accepts(RepositoryName, value)).toBe(false),
  );
});

describe('BranchName', () => {
  it.each(['main', 'feature/x', 'v1.2', 'ação'])('takes %j', (value) => expect(accepts(BranchName, value)).toBe(true));
  it.each([
    '',
    '/a',
    'a/',
    'a..b',
    'a b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[',
    'a\\b',
    '-a',
    'a.lock',
    'a.',
    'a@{b',
    'a//b',
    'a\nb',
  ])('refuses %j', (value) => expect(accepts(BranchName, value)).toBe(false));
});

describe('VariableName', () => {
  it.each(['A', '_a', 'API_KEY_2'])('takes %j', (value) => expect(accepts(VariableName, value)).toBe(true));
  it.each(['', '2A', 'A-B', 'A B', 'A=B', 'Á'])('refuses %j', (value) =>
    expect(accepts(VariableName, value)).toBe(false),
  );
});
