import { expect, test } from 'vitest';
import { splitPlace } from './location.ts';

const branches = [{ name: 'main' }, { name: 'feature' }, { name: 'feature/novo' }];

test.each([
  ['main', { ref: 'main', path: '' }],
  ['main/src/index.js', { ref: 'main', path: '/src/index.js' }],
  ['feature/novo/a.txt', { ref: 'feature/novo', path: '/a.txt' }],
  ['feature/velho', { ref: 'feature', path: '/velho' }],
  ['0123abc/a.txt', { ref: '0123abc', path: '/a.txt' }],
])('%s is split at the longest branch', (rest, place) => {
  expect(splitPlace(rest, branches)).toEqual(place);
});
