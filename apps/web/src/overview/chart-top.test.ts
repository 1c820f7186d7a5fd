import { expect, test } from 'vitest';
import { cpuTop, memoryTop } from './chart-top.ts';

test('a small bot on a large plan still shows its shape', () => {
  expect(memoryTop(13, 2048)).toBe(32);
  expect(memoryTop(60, 2048)).toBe(128);
});

test('a bot near its limit is shown against it', () => {
  expect(memoryTop(84, 256)).toBe(128);
  expect(memoryTop(90, 256)).toBe(256);
  expect(memoryTop(300, 256)).toBe(300);
  expect(memoryTop(0, 256)).toBe(32);
});

test('processor time has a scale that an idle bot does not fill', () => {
  expect(cpuTop(0)).toBe(0.04);
  expect(cpuTop(0.08)).toBe(0.1);
  expect(cpuTop(0.99)).toBe(2);
  expect(cpuTop(20)).toBe(20);
});
