import { expect, test } from 'vitest';
import { choosePackages, parseOptions } from './options.ts';

const member = (name: string, script = 'test:cluster') => ({
  name,
  directory: `/x/${name}`,
  scripts: { [script]: 'vitest' },
});
const members = [member('@zarpa/e2e'), member('@zarpa/ui', 'test'), member('@zarpa/worker')];
const names = (only: string[]) => choosePackages(members, only).map(({ name }) => name);

test('all packages with cluster tests are run, the end-to-end tests last', () => {
  expect(names([])).toEqual(['@zarpa/worker', '@zarpa/e2e']);
});

test('a package may be asked for by its short or its whole name', () => {
  expect(names(['worker'])).toEqual(['@zarpa/worker']);
  expect(names(['@zarpa/e2e'])).toEqual(['@zarpa/e2e']);
});

test('a package without cluster tests is refused, with those that have some', () => {
  expect(() => names(['ui'])).toThrow('No cluster tests in ui. There are some in: e2e, worker.');
});

test('an option that does not exist is refused with the usage', () => {
  expect(parseOptions(['--keep', '--only', 'worker'])).toEqual({ keep: true, only: ['worker'] });
  expect(() => parseOptions(['--kept'])).toThrow('Usage: npm run test:cluster');
});
