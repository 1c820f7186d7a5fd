import { expect, test } from 'vitest';
import { changedKeys, draftOf, type SettingsDraft, toUpdate } from './settings-draft.ts';

const saved: SettingsDraft = {
  name: 'Bot',
  branch: 'main',
  rootDirectory: '',
  autoDeploy: true,
  install: '',
  build: '',
  start: 'node index.js',
};

test('a saved instance is edited as texts', () => {
  expect(
    draftOf({
      name: 'Bot',
      source: { kind: 'repository', repository: 'a/b', branch: 'main', rootDirectory: '', autoDeploy: true, url: null },
      overrides: { install: null, build: null, start: 'node index.js' },
    }),
  ).toEqual(saved);
});

test('only what changed is sent', () => {
  expect(toUpdate(saved, saved)).toEqual({});
  expect(toUpdate(saved, { ...saved, name: ' Novo ', autoDeploy: false })).toEqual({ name: 'Novo', autoDeploy: false });
});

test('commands are sent together, blank ones as detected', () => {
  expect(toUpdate(saved, { ...saved, install: ' npm i ', start: ' ' })).toEqual({
    overrides: { install: 'npm i', build: null, start: null },
  });
});

test('space at the ends is no change', () => {
  expect(changedKeys(saved, { ...saved, name: 'Bot ', start: ' node index.js' })).toEqual([]);
});
