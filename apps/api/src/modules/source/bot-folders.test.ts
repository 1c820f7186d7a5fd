import { expect, test } from 'vitest';
import { botFolders } from './bot-folders.ts';

test('lists the folders of a monorepo, its root first', () => {
  const paths = ['apps/bot/package.json', 'package.json', 'apps/py/requirements.txt', 'docs/a.md', 'apps/bot/src/x.ts'];
  expect(botFolders(paths)).toEqual(['', 'apps/bot', 'apps/py']);
});

test('leaves out what is not the author’s', () => {
  expect(botFolders(['node_modules/a/package.json', '.github/Dockerfile', 'a/b/c/d/e/package.json'])).toEqual([]);
});
