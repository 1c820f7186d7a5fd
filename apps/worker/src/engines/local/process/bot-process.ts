import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { readFileIfAny } from '../atomic-file.ts';
import type { InstanceLayout } from '../layout.ts';
import { startTicksOf } from './process-table.ts';
import { exitLocked, exitWithoutPermit, wrappedCommand, wrapperScript } from './wrapper.ts';

export interface ProcessIdentity {
  readonly pid: number;
  readonly startTicks: number;
}

/** A bot that this worker started itself. */
export interface StartedBot {
  readonly identity: ProcessIdentity | null;
  /** The wrapper's exit code; null where a signal ended it. */
  readonly exited: Promise<number | null>;
}

/**
 * Starts a bot in a session of its own, its output appended to the log by the kernel. It outlives the worker. A second copy cannot
 * start while any process holds the lock, and none without the run's permit.
 */
export async function startBot(options: {
  layout: InstanceLayout;
  runId: string;
  command: string;
  cwd: string;
  environment: Readonly<Record<string, string>>;
}): Promise<StartedBot> {
  const { layout, runId, command, cwd, environment } = options;
  const output = await open(layout.runLog, 'a', 0o600);
  try {
    const wrapper = ['sh', '-c', wrapperScript, 'zarpa-bot', layout.runs, runId, wrappedCommand(command)];
    const child = spawn('flock', ['--nonblock', '--no-fork', '-E', String(exitLocked), layout.lock, ...wrapper], {
      cwd,
      env: environment,
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    });
    const exited = exitOf(child);
    await once(child, 'spawn');
    child.unref();
    return { identity: identityOf(child), exited };
  } finally {
    await output.close();
  }
}

/** Lets the wrapper of this run begin, and no other. Only one of this machine's present life reads it: nothing has to reach the disk. */
export async function grantPermit(layout: InstanceLayout, runId: string): Promise<void> {
  await writeFile(permitPath(layout), runId, { mode: 0o600 });
}

/** From here on no wrapper that has not begun will begin. */
export async function withdrawPermit(layout: InstanceLayout): Promise<void> {
  await rm(permitPath(layout), { force: true });
}

/** Whether some process, whichever, holds the instance's lock. */
export async function isLocked(layout: InstanceLayout): Promise<boolean> {
  const { exitCode } = await execa('flock', ['--nonblock', '-E', String(exitLocked), layout.lock, 'true'], {
    reject: false,
  });
  return exitCode === exitLocked;
}

/** What the wrapper wrote down; null before it did. */
export async function readIdentity(layout: InstanceLayout, runId: string): Promise<ProcessIdentity | null> {
  const text = await readFileIfAny(join(layout.runs, `${runId}.pid`));
  if (!text?.endsWith('\n')) return null;
  const [pid = 0, startTicks = 0] = text.trim().split(' ').map(Number);
  return { pid, startTicks };
}

/** The bot's exit code; null where its wrapper was killed before it could write it. */
export async function readExitCode(layout: InstanceLayout, runId: string): Promise<number | null> {
  const text = await readFileIfAny(join(layout.runs, `${runId}.exit`));
  return text === null ? null : Number(text);
}

export const neverBegan = (wrapperCode: number | null): boolean =>
  wrapperCode === exitLocked || wrapperCode === exitWithoutPermit;

/** Removes what earlier runs wrote down. */
export async function forgetRuns(layout: InstanceLayout): Promise<void> {
  const names = await readdir(layout.runs);
  const old = names.filter((name) => /\.(pid|exit)(\.new)?$/.test(name));
  await Promise.all(old.map((name) => rm(join(layout.runs, name), { force: true })));
}

const permitPath = (layout: InstanceLayout): string => join(layout.runs, 'permit');

function exitOf(child: ChildProcess): Promise<number | null> {
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once('exit', (code) => resolve(code));
  child.once('error', () => resolve(null));
  return promise;
}

function identityOf(child: ChildProcess): ProcessIdentity | null {
  const startTicks = child.pid === undefined ? null : startTicksOf(child.pid);
  return child.pid === undefined || startTicks === null ? null : { pid: child.pid, startTicks };
}
