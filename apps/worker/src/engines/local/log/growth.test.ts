import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Growth } from './growth.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zarpa-growth-'));
  path = join(folder, 'run.log');
  // It never looks again by itself: only the kernel's notices are left.
  vi.useFakeTimers({ toFake: ['setTimeout'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

it('is told when the file appears, and each time it grows', async () => {
  using growth = new Growth(path);
  growth.arm();
  const appeared = growth.wait();
  await appendFile(path, 'one\n');
  await appeared;
  for (const line of ['two\n', 'three\n']) {
    growth.arm();
    const grown = growth.wait();
    await appendFile(path, line);
    await grown;
  }
});

it('looks again from time to time where there is nothing to watch', async () => {
  using growth = new Growth(join(folder, 'none', 'run.log'));
  growth.arm();
  const waited = growth.wait();
  await vi.advanceTimersByTimeAsync(500);
  await expect(waited).resolves.toBeUndefined();
});
