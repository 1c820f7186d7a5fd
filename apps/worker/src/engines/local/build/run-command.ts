import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { LogFile } from '../log/log-file.ts';
import { membersOf, memoryOf, signalAll } from '../process/members.ts';
import type { ProcessTable } from '../process/process-table.ts';
import { folderBytes } from './folder-size.ts';

export interface BuildLimits {
  readonly timeoutMs: number;
  readonly memoryBytes: number;
  readonly outputBytes: number;
  readonly folderBytes: number;
}

export const defaultBuildLimits: BuildLimits = {
  timeoutMs: 10 * 60_000,
  memoryBytes: 2_048 * 1_048_576,
  outputBytes: 20 * 1_048_576,
  folderBytes: 1_024 * 1_048_576,
};

/** How a build command ended: by itself, with what the folder then took, or because it broke a limit. */
export type CommandEnd =
  | { readonly kind: 'exited'; readonly exitCode: number | null; readonly bytes: number }
  | LimitBroken;

export interface LimitBroken {
  readonly kind: 'limit';
  readonly limit: 'time' | 'memory' | 'output' | 'folder';
}

const lookMs = 250;
const folderLookMs = 3_000;
/** In blocks of 512 bytes: no single file of a build may be larger than 600 MB. */
const largestFileBlocks = 1_228_800;

/**
 * Runs one command of a build, in a session of its own, its output appended to the log. Whatever it leaves running is killed when it ends.
 * @throws the signal's reason when that aborts.
 */
export async function runCommand(options: {
  command: string;
  folder: string;
  limitedFolder: string;
  environment: Readonly<Record<string, string>>;
  runId: string;
  log: LogFile;
  limits: BuildLimits;
  startedAt: number;
  processes: ProcessTable;
  signal: AbortSignal;
}): Promise<CommandEnd> {
  const { command, folder, limitedFolder, environment, runId, log, processes, signal } = options;
  signal.throwIfAborted();
  const output = await open(log.path, 'a', 0o600);
  const outputBefore = await log.size();
  const child = spawn(
    'sh',
    ['-c', `ulimit -c 0; ulimit -f ${largestFileBlocks}; exec sh -c "$1"`, 'zarpa-build', command],
    {
      cwd: folder,
      env: environment,
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    },
  );
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  // Counts while what the command left running is killed.
  const bytes = exited.then(() => folderBytes(limitedFolder));
  const stop = new AbortController();
  const broken = watchLimits(options, { pid: child.pid ?? null, outputBefore }, stop.signal);
  // Whoever comes second in the race is not heard any more.
  for (const unheard of [exited, bytes, broken]) unheard.catch(() => undefined);
  let end: number | null | LimitBroken;
  try {
    end = await Promise.race([exited, broken]);
  } finally {
    stop.abort();
    await output.close();
    await killRun(processes, runId, child.pid ?? null);
  }
  if (end !== null && typeof end === 'object') return end;
  if ((await log.size()) - outputBefore > options.limits.outputBytes) return { kind: 'limit', limit: 'output' };
  return { kind: 'exited', exitCode: end, bytes: await bytes };
}

async function watchLimits(
  options: Parameters<typeof runCommand>[0],
  { pid, outputBefore }: { pid: number | null; outputBefore: number },
  stop: AbortSignal,
): Promise<LimitBroken> {
  const { limitedFolder, runId, log, limits, startedAt, processes, signal } = options;
  let nextFolderLook = Date.now() + folderLookMs;
  const limit = (broken: LimitBroken['limit']): LimitBroken => ({ kind: 'limit', limit: broken });
  const ended = AbortSignal.any([stop, signal]);
  for (;;) {
    await delay(lookMs, undefined, { signal: ended }).catch(() => undefined);
    signal.throwIfAborted();
    if (stop.aborted) return limit('time');
    const now = Date.now();
    if (now - startedAt > limits.timeoutMs) return limit('time');
    if ((await log.size()) - outputBefore > limits.outputBytes) return limit('output');
    if (memoryOf(membersOf(processes.scan(lookMs), { runId, pid })) > limits.memoryBytes) return limit('memory');
    if (now >= nextFolderLook) {
      if ((await folderBytes(limitedFolder)) > limits.folderBytes) return limit('folder');
      nextFolderLook = Date.now() + folderLookMs;
    }
    await log.checkpoint(now);
  }
}

/** Kills until nothing is left. */
async function killRun(processes: ProcessTable, runId: string, pid: number | null): Promise<void> {
  for (;;) {
    const members = membersOf(processes.scan(), { runId, pid });
    if (members.length === 0) return;
    signalAll(members, 'SIGKILL');
    await delay(20);
  }
}
