import type { LogLine } from '@zarpa/api-client';
import { expect, test } from 'vitest';
import { createLogBuffer } from './log-buffer.ts';

const line = (id: string): LogLine => ({ id, at: 0, kind: 'line', text: id, data: null });
const ids = (lines: readonly LogLine[]) => lines.map((entry) => entry.id);

function buffer() {
  const pending: (() => void)[] = [];
  const made = createLogBuffer((draw) => pending.push(draw));
  const draw = () => {
    for (const each of pending.splice(0)) each();
  };
  return { ...made, pending, draw };
}

test('draws once for many lines', () => {
  const log = buffer();
  let drawn = 0;
  log.subscribe(() => drawn++);
  log.append([line('1-1')]);
  log.append([line('1-2'), line('1-3')]);
  expect(log.pending).toHaveLength(1);
  log.draw();
  expect(drawn).toBe(1);
  expect(ids(log.lines())).toEqual(['1-1', '1-2', '1-3']);
});

test('keeps a line that comes twice once', () => {
  const log = buffer();
  log.append([line('1-1'), line('1-2')]);
  log.append([line('1-2'), line('1-3')]);
  log.prepend([line('1-0'), line('1-1')]);
  log.draw();
  expect(ids(log.lines())).toEqual(['1-0', '1-1', '1-2', '1-3']);
  expect(log.lastId()).toBe('1-3');
});

test('a restart forgets what was held', () => {
  const log = buffer();
  log.append([line('1-1')]);
  log.restart([line('2-1')]);
  log.draw();
  expect(ids(log.lines())).toEqual(['2-1']);
});

test('holds a bounded number of lines', () => {
  const log = buffer();
  log.append(Array.from({ length: 30_000 }, (_, index) => line(`1-${index}`)));
  log.draw();
  expect(log.lines()).toHaveLength(20_000);
  expect(log.lines().at(-1)?.id).toBe('1-29999');
});

test('the array stays the same while nothing changes', () => {
  const log = buffer();
  log.append([line('1-1')]);
  log.draw();
  expect(log.lines()).toBe(log.lines());
});
