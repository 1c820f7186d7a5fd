import { expect, test } from 'vitest';
import { childTraceparent, parseTraceparent } from './traceparent.ts';

test('never gives an id twice, however many are made', () => {
  const made = Array.from({ length: 5_000 }, () => parseTraceparent(childTraceparent()));
  expect(made).not.toContain(null);
  expect(new Set(made.flatMap((each) => [each?.traceId, each?.parentId])).size).toBe(10_000);
});

test('stays in the trace of its parent, as a new span', () => {
  const parent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`;
  const child = parseTraceparent(childTraceparent(parent));
  expect(child).toMatchObject({ traceId: 'a'.repeat(32), flags: '00' });
  expect(child?.parentId).not.toBe('b'.repeat(16));
});

test('begins a new trace where the parent is none', () => {
  for (const parent of [undefined, 7, '', 'nonsense', `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`]) {
    expect(parseTraceparent(childTraceparent(parent))).toMatchObject({ flags: '01' });
  }
});
