import { describe, expect, test } from 'vitest';
import { cleanPath, parseTree } from './tree.ts';

describe('cleanPath', () => {
  test.each([
    ['', ''],
    ['/src//index.js/', 'src/index.js'],
    ['.gitignore', '.gitignore'],
    ['a..b/c', 'a..b/c'],
  ])('%j becomes %j', (raw, clean) => {
    expect(cleanPath(raw)).toBe(clean);
  });

  test.each(['..', 'a/../b', './a', '.git/config', 'a/.GIT/hooks', 'a\\b', 'a\0b', 'a\nb'])('refuses %j', (raw) => {
    expect(cleanPath(raw)).toBeNull();
  });
});

test('parseTree reads sizes, folders, submodules and names with spaces', () => {
  const sha = 'a'.repeat(40);
  const records = [
    `100644 blob ${sha}      12\ta b.txt`,
    `040000 tree ${sha}       -\tsrc`,
    `160000 commit ${sha}       -\tlib`,
  ];
  expect(parseTree(`${records.join('\0')}\0`)).toEqual([
    { path: 'a b.txt', mode: '100644', type: 'blob', sha, size: 12 },
    { path: 'src', mode: '040000', type: 'tree', sha, size: null },
    { path: 'lib', mode: '160000', type: 'commit', sha, size: null },
  ]);
});
