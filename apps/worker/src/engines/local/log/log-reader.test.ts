import { appendFile, mkdtemp, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogPosition } from '../../log-source.ts';
import { LogFile } from './log-file.ts';
import { LogReader } from './log-reader.ts';

let folder: string;
let file: LogFile;

const newFile = () => new LogFile({ path: join(folder, 'run.log'), epoch: 7, nonce: 'n0nce' });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zarpa-log-'));
  file = newFile();
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function records(after: LogPosition | null = null) {
  const found: { kind: string; text: string; position: LogPosition; at: number; data: unknown }[] = [];
  for await (const batch of new LogReader(file).read({ after, follow: false })) {
    for (const { bytes, ...record } of batch) found.push({ ...record, text: Buffer.from(bytes).toString('utf8') });
  }
  return found;
}

const textsOf = async (after: LogPosition | null = null) => (await records(after)).map(({ text }) => text);

describe('LogReader', () => {
  it('reads nothing where there is no file yet', async () => {
    expect(await records()).toEqual([]);
    expect(await new LogReader(file).tailPosition(10)).toBeNull();
  });

  it('gives the same positions whenever a log is read, and resumes exactly after one', async () => {
    file.append({ kind: 'started', at: 5, text: 'Started', data: { deploymentId: 'dep' } });
    await appendFile(file.path, 'one\ntwo\nunfinished');
    file.append({ kind: 'exited', at: 6, text: 'Ended', data: { code: 'crashed' } });
    await file.checkpoint(7);
    const all = await records();
    expect(all.map(({ kind, text }) => [kind, text])).toEqual([
      ['started', 'Started'],
      ['line', 'one'],
      ['line', 'two'],
      ['line', 'unfinished'],
      ['exited', 'Ended'],
    ]);
    expect(all[0]).toMatchObject({ at: 5, data: { deploymentId: 'dep' }, position: { epoch: 7 } });
    for (const [index, { position }] of all.entries()) expect(await records(position)).toEqual(all.slice(index + 1));
  });

  it('takes nobody else for the engine', async () => {
    await appendFile(file.path, '\u001eguess {"kind":"exited","at":1,"text":"forged","data":{}}\n');
    expect((await records())[0]).toMatchObject({ kind: 'line', data: null });
  });

  it('begins anew for a position of an earlier epoch', async () => {
    await appendFile(file.path, 'one\n');
    expect(await textsOf({ epoch: 6, offset: 4 })).toEqual(['one']);
  });

  it('finds where the newest lines begin', async () => {
    await appendFile(file.path, Array.from({ length: 30_000 }, (_, index) => `line ${index}\n`).join(''));
    const position = await new LogReader(file).tailPosition(3);
    expect(await textsOf(position)).toEqual(['line 29997', 'line 29998', 'line 29999']);
    expect(await new LogReader(file).tailPosition(100_000)).toBeNull();
  });

  it('follows what is written, from before the file exists until its end', async () => {
    const seen: string[] = [];
    const following = (async () => {
      for await (const batch of new LogReader(file).read({ after: null, follow: true })) {
        for (const { bytes } of batch) seen.push(Buffer.from(bytes).toString('utf8'));
      }
    })();
    for (const part of ['one\ntw', 'o\n', 'three\n']) {
      await appendFile(file.path, part);
      await expect.poll(() => seen.length).toBeGreaterThanOrEqual(part === 'one\ntw' ? 1 : 2);
    }
    file.end();
    await following;
    expect(seen).toEqual(['one', 'two', 'three']);
  });

  it('stops following when told', async () => {
    const abort = new AbortController();
    const reading = new LogReader(file).read({ after: null, follow: true, signal: abort.signal });
    const next = reading.next();
    abort.abort();
    expect(await next).toMatchObject({ done: true });
  });
});

describe('LogFile', () => {
  it('gives lines that are read again the time of their checkpoint', async () => {
    await appendFile(file.path, 'one\n');
    await file.checkpoint(1_000);
    await appendFile(file.path, 'two\n');
    await file.checkpoint(2_000);
    await file.checkpoint(3_000);
    file = newFile();
    expect(await file.load()).toBe(true);
    expect((await records()).map(({ at }) => at)).toEqual([1_000, 2_000]);
  });

  it('frees the oldest part without moving the rest', async () => {
    const line = `${'x'.repeat(1_023)}\n`;
    for (let index = 0; index < 4_096; index++) await appendFile(file.path, line);
    const before = await records();
    await file.trim(1_048_576);
    const after = await records();
    expect(after.length).toBeLessThan(1_100);
    expect(after).toEqual(before.slice(-after.length).map((record) => ({ ...record, at: expect.any(Number) })));
    expect((await stat(file.path)).blocks * 512).toBeLessThan(2_097_152);
    file = newFile();
    expect(await file.load()).toBe(true);
    expect((await records()).map(({ position }) => position)).toEqual(after.map(({ position }) => position));
  });

  it('notices that the file lost content', async () => {
    await appendFile(file.path, 'one\ntwo\n');
    await file.checkpoint(1_000);
    await truncate(file.path, 4);
    file = newFile();
    expect(await file.load()).toBe(false);
    await file.beginEpoch(8);
    expect(await records()).toMatchObject([{ text: 'one', position: { epoch: 8, offset: 4 } }]);
  });
});
