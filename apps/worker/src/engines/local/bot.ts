import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { InstanceLayout } from './layout.ts';
import {
  forgetRuns,
  grantPermit,
  isLocked,
  neverBegan,
  type ProcessIdentity,
  readExitCode,
  readIdentity,
  type StartedBot,
  startBot,
  withdrawPermit,
} from './process/bot-process.ts';
import { botProcessesOf, membersOf, signalAll } from './process/members.ts';
import { isAlive, type ProcessEntry, type ProcessTable } from './process/process-table.ts';
import type { Run } from './record.ts';

const adoptionLookMs = 50;
const adoptionWaitMs = 2_000;
const killLookMs = 25;
const scanAgeMs = 100;
const heapTailBytes = 8_192;
const abortExitCode = 134;
const killedExitCode = 137;

/** How a run ended; `began` false: its command was never reached, because another process held the lock. */
export interface BotExit {
  readonly began: boolean;
  readonly exitCode: number | null;
  /** Nobody saw it end: neither its wrapper nor a worker that was its parent. */
  readonly unseen: boolean;
}

/** The processes of one instance's bot. */
export class Bot {
  readonly #layout: InstanceLayout;
  readonly #instanceId: string;
  readonly #processes: ProcessTable;
  readonly #onExit: () => void;
  #started: { readonly runId: string; readonly bot: StartedBot } | null = null;

  constructor(options: {
    layout: InstanceLayout;
    instanceId: string;
    processes: ProcessTable;
    onExit: () => void;
  }) {
    this.#layout = options.layout;
    this.#instanceId = options.instanceId;
    this.#processes = options.processes;
    this.#onExit = options.onExit;
  }

  /** Makes room for a run. Until it is started this has no effect: it may be done before anybody knows of the run. */
  async prepare(runId: string): Promise<void> {
    await Promise.all([forgetRuns(this.#layout), grantPermit(this.#layout, runId)]);
  }

  /** Starts a run that was prepared. */
  async start(
    run: Run,
    options: { command: string; cwd: string; environment: Record<string, string> },
  ): Promise<ProcessIdentity | null> {
    const bot = await startBot({ layout: this.#layout, runId: run.runId, ...options });
    this.#started = { runId: run.runId, bot };
    void bot.exited.then(this.#onExit);
    return bot.identity;
  }

  /**
   * A run that an earlier worker wrote down: the process it became, or null where there is none any more. From here on a
   * wrapper of it that has not begun never will.
   */
  async adopt(run: Run): Promise<ProcessIdentity | null> {
    await withdrawPermit(this.#layout);
    for (const deadline = Date.now() + adoptionWaitMs; ; await delay(adoptionLookMs)) {
      const identity = await readIdentity(this.#layout, run.runId);
      if (identity !== null) return isAlive(identity) ? identity : null;
      if (Date.now() > deadline || !(await isLocked(this.#layout))) return null;
    }
  }

  isAlive(run: Run): boolean {
    return run.process !== null && isAlive(run.process);
  }

  anyAlive(run: Run | null): boolean {
    return this.#all(this.#processes.scan(scanAgeMs), run).length > 0;
  }

  /** The processes of the run itself, for measuring. */
  members(run: Run, entries: readonly ProcessEntry[]): ProcessEntry[] {
    return membersOf(entries, { runId: run.runId, pid: run.process?.pid ?? null });
  }

  async requestStop(run: Run): Promise<void> {
    await withdrawPermit(this.#layout);
    signalAll(this.#all(this.#processes.scan(), run), 'SIGTERM');
  }

  /** Kills every process of the instance, and returns after giving them a moment to go. */
  async kill(run: Run | null): Promise<void> {
    await withdrawPermit(this.#layout);
    signalAll(this.#all(this.#processes.scan(), run), 'SIGKILL');
    await delay(killLookMs);
    this.#processes.scan();
  }

  async exitOf(run: Run): Promise<BotExit> {
    const written = await readExitCode(this.#layout, run.runId);
    if (written !== null) return { began: true, exitCode: written, unseen: false };
    if (this.#started?.runId !== run.runId) {
      const killedByEngine = run.killCause !== null;
      return { began: true, exitCode: killedByEngine ? killedExitCode : null, unseen: !killedByEngine };
    }
    const wrapperCode = await this.#started.bot.exited;
    const began = !neverBegan(wrapperCode) || (await readIdentity(this.#layout, run.runId)) !== null;
    return { began, exitCode: wrapperCode ?? killedExitCode, unseen: false };
  }

  /** Node gave up because its heap was full: it says so in its last words. */
  async ranOutOfHeap(exitCode: number | null): Promise<boolean> {
    if (exitCode !== abortExitCode) return false;
    const file = await open(this.#layout.runLog, 'r');
    try {
      const { size } = await file.stat();
      const { buffer } = await file.read(
        Buffer.alloc(heapTailBytes),
        0,
        heapTailBytes,
        Math.max(0, size - heapTailBytes),
      );
      return buffer.includes('heap out of memory');
    } finally {
      await file.close();
    }
  }

  #all(entries: readonly ProcessEntry[], run: Run | null): ProcessEntry[] {
    return botProcessesOf(entries, this.#instanceId, run?.process?.pid ?? null);
  }
}
