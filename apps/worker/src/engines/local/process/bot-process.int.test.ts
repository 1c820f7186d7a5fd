import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InstanceLayout } from '../layout.ts';
import { forgetRuns, grantPermit, isLocked, readExitCode, readIdentity, startBot } from './bot-process.ts';
import { exitLocked, exitWithoutPermit, wrapperScript } from './wrapper.ts';

let layout: InstanceLayout;
const started: number[] = [];

beforeEach(async () => {
  layout = new InstanceLayout(await mkdtemp(join(tmpdir(), 'zarpa-bot-')));
  await mkdir(layout.runs);
  await mkdir(dirname(layout.runLog));
});
afterEach(async () => {
  for (const pid of started.splice(0)) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Ended already.
    }
  }
  await rm(layout.root, { recursive: true, force: true });
});

async function start(runId: string, command: string) {
  await grantPermit(layout, runId);
  const bot = await startBot({
    layout,
    runId,
    command,
    cwd: layout.root,
    environment: { PATH: process.env.PATH ?? '' },
  });
  if (bot.identity !== null) started.push(bot.identity.pid);
  return bot;
}

const output = () => readFile(layout.runLog, 'utf8');
const signalGroup = (pid: number | undefined) => process.kill(-(pid ?? Number.NaN), 'SIGTERM');
const hasPrinted = (text: string) => expect.poll(output).toContain(text);

describe('startBot', () => {
  it('writes down its process before and its exit code after', async () => {
    const bot = await start('run-1', 'echo hello; exit 3');
    expect(await bot.exited).toBe(3);
    expect(await readIdentity(layout, 'run-1')).toEqual(bot.identity);
    expect(await readExitCode(layout, 'run-1')).toBe(3);
    expect(await output()).toBe('hello\n');
    await forgetRuns(layout);
    expect(await readIdentity(layout, 'run-1')).toBeNull();
  });

  it('never two copies of a bot: a second start ends at once while any process of the first lives', async () => {
    const first = await start('run-1', 'setsid sleep 60 & echo ready; sleep 60');
    await hasPrinted('ready');
    expect(await (await start('run-2', 'echo second')).exited).toBe(exitLocked);
    process.kill(first.identity?.pid ?? Number.NaN, 'SIGKILL');
    await first.exited;
    expect(await isLocked(layout)).toBe(true);
    expect(await (await start('run-3', 'echo third')).exited).toBe(exitLocked);
    expect(await output()).toBe('ready\n');
  });

  it('starts nothing whose permit was withdrawn, or given to another start', async () => {
    const wrapper = ['-c', wrapperScript, 'zarpa-bot', layout.runs, 'run-1', 'echo never'];
    expect(await execa('sh', wrapper, { reject: false })).toMatchObject({ exitCode: exitWithoutPermit, stdout: '' });
    await writeFile(join(layout.runs, 'permit'), 'run-2');
    expect(await execa('sh', wrapper, { reject: false })).toMatchObject({ exitCode: exitWithoutPermit, stdout: '' });
    await writeFile(join(layout.runs, 'permit'), 'run-1');
    expect(await execa('sh', wrapper, { reject: false })).toMatchObject({ exitCode: 0, stdout: 'never' });
  });

  it.each([
    ['a command alone', 'node bot.mjs'],
    ['an assignment before', 'A=1 node bot.mjs'],
    ['a list of commands', 'node bot.mjs && echo next'],
    ['a sequence of commands', 'node bot.mjs; echo next'],
  ])('asked to stop, waits for the bot and gives its exit code: %s', async (_, command) => {
    const script =
      "process.on('SIGTERM', () => setTimeout(() => { console.log('bye'); process.exit(5); }, 100)); console.log('up'); setInterval(() => {}, 1000);";
    await writeFile(join(layout.root, 'bot.mjs'), script);
    const bot = await start('run-1', command);
    await hasPrinted('up');
    signalGroup(bot.identity?.pid);
    expect(await bot.exited).toBe(5);
    expect(await output()).toBe('up\nbye\n');
  });

  it('says nothing of its own about a bot that a signal ends', async () => {
    await writeFile(join(layout.root, 'bot.sh'), 'echo up; exec sleep 60');
    const bot = await start('run-1', 'sh bot.sh');
    await hasPrinted('up');
    signalGroup(bot.identity?.pid);
    expect(await bot.exited).toBe(143);
    expect(await output()).toBe('up\n');
  });
});
