import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile } from './log-file.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'zarpa-log-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('sets the log aside when it grows over its size, losing no line', () => {
  const file = path.join(directory, 'api.log');
  const log = new LogFile(file, 12);
  for (const line of ['one', 'two', 'three', 'four']) log.write(line);
  log.close();
  expect(readFileSync(`${file}.1`, 'utf8')).toBe('one\ntwo\n');
  expect(readFileSync(file, 'utf8')).toBe('three\nfour\n');
});

test('goes on where an earlier start ended, and ignores what comes after its end', () => {
  const file = path.join(directory, 'api.log');
  for (const line of ['first start', 'second start']) {
    const log = new LogFile(file, 1_000);
    log.write(line);
    log.close();
    log.write('too late');
  }
  expect(readFileSync(file, 'utf8')).toBe('first start\nsecond start\n');
});
