import { expect, test } from 'vitest';
import { failedOutput } from './build.ts';

test('of a failed build only the lines of the packages that failed are shown', () => {
  const output = [
    '@zarpa/api:build: cache miss, executing 1',
    '@zarpa/web:build: > next build',
    '@zarpa/api:build: error TS2322',
    'Failed:    @zarpa/api#build',
  ].join('\n');
  expect(failedOutput(output)).toBe('@zarpa/api:build: cache miss, executing 1\n@zarpa/api:build: error TS2322');
});

test('a build that failed before any package did is shown whole', () => {
  expect(failedOutput('turbo: no such task')).toBe('turbo: no such task');
});
