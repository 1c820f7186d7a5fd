import { expect, it } from 'vitest';
import { filesToRead } from './files-to-read.ts';

const paths = [
  'package.json',
  'pnpm-workspace.yaml',
  'pnpm-lock.yaml',
  'Procfile',
  'apps/bot/package.json',
  'apps/bot/Procfile',
  'index.js',
];

it('names only the manifests of the root directory', () => {
  expect(filesToRead(paths, '')).toEqual(['package.json', 'Procfile']);
});

it('names the manifests above a folder, which may be a workspace', () => {
  expect(filesToRead(paths, './apps/bot')).toEqual([
    'package.json',
    'pnpm-workspace.yaml',
    'apps/bot/package.json',
    'apps/bot/Procfile',
  ]);
});

it('names nothing for a folder outside of the repository', () => {
  expect(filesToRead(['../package.json'], '..')).toEqual([]);
});
