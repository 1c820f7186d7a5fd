import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@zarpa/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { steadyBot } from './bots.ts';

let folder: string;
const bots: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zarpa-bots-'));
});
afterEach(async () => {
  for (const bot of bots.splice(0)) bot.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function start(run: string): Promise<ChildProcess> {
  const entry = join(folder, 'index.mjs');
  await writeFile(entry, steadyBot(run)['index.js'] ?? '');
  const bot = spawn(process.execPath, [entry], { env: { DATA_DIR: folder, ZARPA_RUN_ID: run } });
  bots.push(bot);
  return bot;
}

const overlaps = () => readFile(join(folder, 'overlaps'), 'utf8').catch(() => '');
const owner = () => readFile(join(folder, 'owner'), 'utf8').catch(() => '');

describe('the bots of the contract suite', () => {
  it('notice when there are two copies', async () => {
    await start('first');
    await waitFor(async () => (await owner()).endsWith(':first'), { describe: 'the first claims its folder' });
    await start('second');
    const noticed = await waitFor(
      async () => {
        const text = await overlaps();
        return text.includes('found another alive') && text.includes('was replaced while alive') && text;
      },
      { describe: 'both notice' },
    );
    expect(noticed).toContain(':first');
    expect(noticed).toContain(':second');
  });

  it('do not mind a copy that was killed before', async () => {
    const first = await start('first');
    await waitFor(async () => (await owner()).endsWith(':first'), { describe: 'the first claims its folder' });
    first.kill('SIGKILL');
    await once(first, 'exit');
    await start('second');
    await waitFor(async () => (await owner()).endsWith(':second'), { describe: 'the second claims its folder' });
    expect(await overlaps()).toBe('');
  });
});
