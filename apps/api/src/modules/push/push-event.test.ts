import { expect, test } from 'vitest';
import { parsePush, touches } from './push-event.ts';

const sha = (digit: string) => digit.repeat(40);
const commit = { id: sha('b'), message: 'Muda o bot\0', author: { username: 'ana' }, modified: ['apps/bot/index.js'] };
const payload = {
  ref: 'refs/heads/main',
  before: sha('a'),
  after: sha('b'),
  repository: { full_name: 'ana/bots' },
  head_commit: commit,
  commits: [commit],
};

test('reads a push to a branch with the files that it changed', () => {
  expect(parsePush(payload)).toMatchObject({
    repository: 'ana/bots',
    branch: 'main',
    before: sha('a'),
    after: sha('b'),
    commit: { sha: sha('b'), message: 'Muda o bot\uFFFD', author: 'ana' },
    changedFiles: ['apps/bot/index.js'],
  });
});

test('knows when the payload cannot say which files changed', () => {
  expect(parsePush({ ...payload, forced: true })?.changedFiles).toBeNull();
  expect(parsePush({ ...payload, commits: Array.from({ length: 20 }, () => commit) })?.changedFiles).toBeNull();
  expect(parsePush({ ...payload, commits: [] })?.changedFiles).toBeNull();
});

test.each([
  { ...payload, ref: 'refs/tags/v1' },
  { ...payload, deleted: true, head_commit: null },
  { ...payload, after: 'HEAD' },
  { zen: 'Keep it logically awesome.' },
  null,
  [],
])('sees no push in %j', (other) => {
  expect(parsePush(other)).toBeNull();
});

test('tells which folder a change touches', () => {
  expect(touches('apps/bot', ['apps/bot/x.js'])).toBe(true);
  expect(touches('apps/bot', ['apps/bot-two/x.js', 'README.md'])).toBe(false);
  expect(touches('', [])).toBe(true);
});
