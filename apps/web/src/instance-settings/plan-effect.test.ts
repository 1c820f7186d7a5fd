import { expect, test } from 'vitest';
import { effectOf } from './plan-effect.ts';

const megabyte = 1_048_576;

test('a running bot gains or loses room, and is warned when it would not fit', () => {
  expect(effectOf({ runs: true, usedBytes: 84 * megabyte, fromMb: 256, toMb: 512 })).toBe('up');
  expect(effectOf({ runs: true, usedBytes: 84 * megabyte, fromMb: 512, toMb: 256 })).toBe('down');
  expect(effectOf({ runs: true, usedBytes: 300 * megabyte, fromMb: 512, toMb: 256 })).toBe('downTight');
});

test('for a bot at rest it counts from its next start', () => {
  expect(effectOf({ runs: false, usedBytes: 0, fromMb: 512, toMb: 256 })).toBe('idle');
});
