import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from './wait-for.ts';

/** A server process that a test owns, on a port and a folder of its own. */
export interface TestServer {
  readonly url: string;
  /** Process id and process group of the running server; changes with every restart. */
  readonly pid: number;
  /** Kills the whole process group with SIGKILL and resolves when it is gone. The data stays. */
  kill9(): Promise<void>;
  /** Starts it again after `kill9()`, on the same data and port; resolves when it answers. */
  restart(): Promise<void>;
  /** SIGTERM, then SIGKILL after 10 s. The data stays. */
  stop(): Promise<void>;
}

interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly url: string;
  /** Rejects or is falsy until the server answers. */
  readonly ready: () => Promise<unknown>;
  readonly startTimeoutMs: number;
}

const stopTimeoutMs = 10_000;

/** Starts a program in a process group of its own. The kernel kills it when the test's process ends, however that ends. */
export async function startTestServer(program: Program): Promise<TestServer> {
  let child = await launch(program);
  const kill9 = async (): Promise<void> => {
    signalGroup(child, 'SIGKILL');
    await ended(child);
  };
  return {
    url: program.url,
    get pid() {
      return child.pid ?? 0;
    },
    kill9,
    async restart() {
      await kill9();
      child = await launch(program);
    },
    async stop() {
      signalGroup(child, 'SIGTERM');
      const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), stopTimeoutMs);
      await ended(child);
      clearTimeout(timer);
      signalGroup(child, 'SIGKILL');
    },
  };
}

async function launch(program: Program): Promise<ChildProcess> {
  mkdirSync(program.directory, { recursive: true });
  const output = openSync(join(program.directory, 'output.log'), 'a');
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', program.command, ...program.args], {
    cwd: program.directory,
    env: { ...process.env, ...program.env },
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  await once(child, 'spawn');
  try {
    await waitFor(() => hasEnded(child) || program.ready(), {
      timeoutMs: program.startTimeoutMs,
      describe: `${program.command} to answer at ${program.url}`,
    });
    if (hasEnded(child)) throw new Error(`${program.command} ended at once; see output.log in ${program.directory}`);
    return child;
  } catch (error) {
    signalGroup(child, 'SIGKILL');
    throw error;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function ended(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) await once(child, 'exit');
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
