import { expect, test } from 'vitest';
import { linesOf, readRange, writeRange } from './line-range.ts';

test('an address names one line or several', () => {
  expect(readRange('#12-345')).toEqual({ from: '12-345', to: '12-345' });
  expect(readRange('#12-345..12-999')).toEqual({ from: '12-345', to: '12-999' });
});

test('anything else names none', () => {
  for (const hash of ['', '#', '#danger', '#12', '#12-3..', '#12-3..x', '#<script>'])
    expect(readRange(hash)).toBeNull();
});

test('what is written is read again', () => {
  for (const range of [
    { from: '1-2', to: '1-2' },
    { from: '1-2', to: '3-4' },
  ])
    expect(readRange(writeRange(range))).toEqual(range);
});

test('a range takes its lines, both ends included', () => {
  const lines = ['1-1', '1-2', '1-3', '1-4'].map((id) => ({ id }));
  expect(linesOf(lines, { from: '1-2', to: '1-3' })).toEqual([{ id: '1-2' }, { id: '1-3' }]);
  expect(linesOf(lines, { from: '1-2', to: '9-9' })).toEqual([]);
});
