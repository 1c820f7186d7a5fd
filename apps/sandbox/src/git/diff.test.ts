import { expect, test } from 'vitest';
import { joinChanges } from './diff.ts';

const [one, two] = ['1'.repeat(40), '2'.repeat(40)];

test('joins names, counts and patches of changed, renamed, binary and removed files', () => {
  const raw = [
    `:100644 100644 ${one} ${two} M\0a.txt`,
    `:100644 100644 ${one} ${one} R100\0old.txt\0new.txt`,
    `:000000 100644 ${one} ${two} A\0photo.png`,
    `:100644 000000 ${one} ${two} D\0gone.txt\0`,
  ].join('\0');
  const counts = '2\t1\ta.txt\x000\t0\t\0old.txt\0new.txt\x00-\t-\tphoto.png\x000\t3\tgone.txt\0';
  const patches = [
    'diff --git a/a.txt b/a.txt\nindex 1..2 100644\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1,2 @@\n-x\n+y\n+diff --git z\n',
    'diff --git a/old.txt b/new.txt\nsimilarity index 100%\nrename from old.txt\nrename to new.txt\n',
    'diff --git a/photo.png b/photo.png\nBinary files /dev/null and b/photo.png differ\n',
    'diff --git a/gone.txt b/gone.txt\n--- a/gone.txt\n+++ /dev/null\n@@ -1,3 +0,0 @@\n-1\n-2\n-3\n',
  ].join('');
  expect(joinChanges({ raw, counts, patches })).toEqual([
    {
      path: 'a.txt',
      previousPath: null,
      status: 'modified',
      sha: two,
      additions: 2,
      deletions: 1,
      patch: '@@ -1 +1,2 @@\n-x\n+y\n+diff --git z',
    },
    { path: 'new.txt', previousPath: 'old.txt', status: 'renamed', sha: one, additions: 0, deletions: 0, patch: null },
    { path: 'photo.png', previousPath: null, status: 'added', sha: two, additions: 0, deletions: 0, patch: null },
    {
      path: 'gone.txt',
      previousPath: null,
      status: 'removed',
      sha: one,
      additions: 0,
      deletions: 3,
      patch: '@@ -1,3 +0,0 @@\n-1\n-2\n-3',
    },
  ]);
});
