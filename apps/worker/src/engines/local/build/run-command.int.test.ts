import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogFile } from '../log/log-file.ts';
import { ProcessTable, startTicksOf } from '../process/process-table.ts';
import { type BuildLimits, type CommandEnd, defaultBuildLimits, runCommand } from './run-command.ts';

let folder: string;
let log: LogFile;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zarpa-build-'));
  log = new LogFile({ path: join(folder, 'build.log'), epoch: 1, nonce: 'n' });
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const marks = { ZARPA_ENGINE_ID: `test-${process.pid}`, ZARPA_INSTANCE_ID: 'i', ZARPA_RUN_ID: 'build-1' };

const run = (
  command: string,
  limits: Partial<BuildLimits> = {},
  signal = new AbortController().signal,
): Promise<CommandEnd> =>
  runCommand({
    command,
    folder,
    limitedFolder: folder,
    environment: { PATH: process.env.PATH ?? '', ...marks },
    runId: 'build-1',
    log,
    limits: { ...defaultBuildLimits, ...limits },
    startedAt: Date.now(),
    processes: new ProcessTable(marks.ZARPA_ENGINE_ID),
    signal,
  });

const printed = () => readFile(log.path, 'utf8');
/** A zombie is none: it holds nothing any more. */
const isRunning = async (pidFile: string) =>
  startTicksOf(Number(await readFile(join(folder, pidFile), 'utf8'))) !== null;

describe('runCommand', () => {
  it('runs a command in its folder, with both outputs in the log, and nothing else in its environment', async () => {
    expect(await run('pwd; echo error >&2; env | sort; exit 4')).toMatchObject({ kind: 'exited', exitCode: 4 });
    const output = await printed();
    expect(output.split('\n').slice(0, 2)).toEqual([folder, 'error']);
    const names = output
      .split('\n')
      .slice(2, -1)
      .map((line) => line.split('=')[0]);
    expect(names).toEqual(['PATH', 'PWD', ...Object.keys(marks)]);
  });

  it('ends a command that takes too long', async () => {
    expect(await run('echo $$ >pid; sleep 60', { timeoutMs: 300 })).toEqual({ kind: 'limit', limit: 'time' });
    expect(await isRunning('pid')).toBe(false);
  });

  it('ends a command that prints too much', async () => {
    expect(await run('yes', { outputBytes: 1_000_000 })).toEqual({ kind: 'limit', limit: 'output' });
  });

  it('ends a command that takes too much memory', async () => {
    const greedy = `exec "${process.execPath}" -e "const all = []; setInterval(() => all.push(Buffer.alloc(8e6, 1)), 5)"`;
    expect(await run(greedy, { memoryBytes: 200_000_000 })).toEqual({ kind: 'limit', limit: 'memory' });
  });

  it('ends a command that fills its folder', async () => {
    const filling = 'while :; do head -c 5000000 /dev/zero >>part; sleep 0.1; done';
    expect(await run(filling, { folderBytes: 10_000_000 })).toEqual({ kind: 'limit', limit: 'folder' });
  });

  it('kills what a command leaves behind, also what left its session', async () => {
    expect(await run('setsid sleep 60 & echo $! >left; sleep 60 & echo $! >behind; sleep 0.2')).toMatchObject({
      exitCode: 0,
    });
    expect(await isRunning('left')).toBe(false);
    expect(await isRunning('behind')).toBe(false);
  });

  it('is cancelled with everything that it started', async () => {
    const abort = new AbortController();
    const running = run('echo $$ >pid; sleep 60', {}, abort.signal);
    await expect.poll(() => existsSync(join(folder, 'pid'))).toBe(true);
    abort.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(await isRunning('pid')).toBe(false);
  });
});
