import { expect, test } from 'vitest';
import { durationOf, titleOf } from './deployment.ts';

const createdAt = '2026-03-01T12:00:00.000Z';
const startedAt = '2026-03-01T12:00:02.000Z';
const now = Date.parse('2026-03-01T12:00:10.000Z');

test('a deployment lasts from its start to its end', () => {
  expect(durationOf({ createdAt, startedAt, finishedAt: '2026-03-01T12:00:05.000Z' }, now)).toBe(3_000);
});

test('one under way lasts until now', () => {
  expect(durationOf({ createdAt, startedAt, finishedAt: null }, now)).toBe(8_000);
  expect(durationOf({ createdAt, startedAt: null, finishedAt: null }, now)).toBe(10_000);
});

test('one that never began took no time', () => {
  expect(durationOf({ createdAt, startedAt: null, finishedAt: startedAt }, now)).toBeNull();
});

test('a commit is named by its first line', () => {
  expect(titleOf('Corrige o menu\n\nCom testes')).toBe('Corrige o menu');
  expect(titleOf('')).toBe('');
});
