import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { execa, type ResultPromise } from 'execa';
import { Problem } from '../terminal/problem.ts';
import { formatDuration, report } from '../terminal/report.ts';
import { waitUntil } from '../terminal/wait-until.ts';
import type { AppFacts } from './apps.ts';
import { nextBackoff } from './backoff.ts';
import { LogFile } from './log-file.ts';
import { Repetition, summarizeLine } from './log-summary.ts';

const readyWithinMs = 90_000;
const maxLogBytes = 10 * 1024 * 1024;
const repetitionWindowMs = 30_000;
const tailLines = 20;

export interface SupervisedAppOptions {
  readonly name: string;
  readonly facts: AppFacts;
  readonly port: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly logPath: string;
  /** Told the process id whenever the app starts, and undefined when it ended. */
  readonly onProcess: (pid: number | undefined) => void;
}

type AppProcess = ResultPromise<{ buffer: false; reject: false; stdin: 'ignore'; detached: true; cleanup: false }>;

/** One app as a child process: its log goes to a file, its warnings to the terminal, and it is restarted when it dies. */
export class SupervisedApp {
  readonly #options: SupervisedAppOptions;
  readonly #log: LogFile;
  readonly #repetition = new Repetition(repetitionWindowMs);
  readonly #tail: string[] = [];
  #process: AppProcess | undefined;
  #restart: NodeJS.Timeout | undefined;
  #backoffMs: number | undefined;
  #wasReady = false;
  #stopping = false;
  /** Why the first start failed. */
  #died: Problem | undefined;

  constructor(options: SupervisedAppOptions) {
    this.#options = options;
    this.#log = new LogFile(options.logPath, maxLogBytes);
  }

  /** Starts it and waits until its health address answers. @throws Problem with the end of its log when it does not. */
  async start(signal: AbortSignal): Promise<void> {
    const startedAt = Date.now();
    await this.#untilReady(this.#launch(), signal);
    this.#wasReady = true;
    report(
      this.#options.name,
      `ready at http://localhost:${this.#options.port} (${formatDuration(Date.now() - startedAt)})`,
    );
  }

  /** SIGTERM, then SIGKILL to its whole group when it does not end in time. */
  async stop(): Promise<void> {
    const { name, facts } = this.#options;
    this.#stopping = true;
    clearTimeout(this.#restart);
    const running = this.#process;
    if (running) {
      running.kill('SIGTERM');
      const deadline = setTimeout(() => {
        report(name, `did not stop within ${formatDuration(facts.stopWithinMs)}; killed`);
        this.kill();
      }, facts.stopWithinMs);
      await running;
      clearTimeout(deadline);
      report(name, 'stopped');
    }
    this.#log.close();
  }

  /** Ends the app and everything in its process group at once. */
  kill(): void {
    this.#stopping = true;
    const pid = this.#process?.pid;
    if (pid !== undefined) killGroup(pid);
  }

  #launch(): AppProcess {
    const { facts, environment, onProcess } = this.#options;
    const startedAt = Date.now();
    const child: AppProcess = execa(process.execPath, [...facts.arguments], {
      cwd: facts.directory,
      env: environment,
      extendEnv: false,
      stdin: 'ignore',
      buffer: false,
      reject: false,
      // Its own process group: Ctrl-C at the terminal must not reach it before its turn.
      detached: true,
      cleanup: false,
    });
    this.#process = child;
    this.#follow(child.stdout, 'stdout');
    this.#follow(child.stderr, 'stderr');
    onProcess(child.pid);
    void child.then((result) => this.#ended(describeExit(result), Date.now() - startedAt));
    return child;
  }

  async #relaunch(): Promise<void> {
    try {
      await this.#untilReady(this.#launch());
      report(this.#options.name, 'ready again');
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (this.#process) report(this.#options.name, error.message);
    }
  }

  #follow(stream: Readable, name: 'stdout' | 'stderr'): void {
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) =>
      this.#take(line, name),
    );
  }

  #take(line: string, stream: 'stdout' | 'stderr'): void {
    this.#log.write(line);
    this.#tail.push(line);
    if (this.#tail.length > tailLines) this.#tail.shift();
    const entry = summarizeLine(line, stream);
    const text = entry && this.#repetition.pass(`${entry.level}: ${entry.text}`, Date.now());
    if (text !== undefined && this.#wasReady && !this.#stopping) report(this.#options.name, text);
  }

  #ended(how: string, ranForMs: number): void {
    const { name, logPath, onProcess } = this.#options;
    this.#process = undefined;
    onProcess(undefined);
    if (this.#stopping) return;
    if (!this.#wasReady) {
      this.#died = new Problem(
        `${name} ended before it was ready (${how}). The end of ${logPath}:\n${this.#tail.join('\n')}`,
      );
      return;
    }
    this.#backoffMs = nextBackoff(this.#backoffMs, ranForMs);
    report(name, `ended unexpectedly (${how}); restarting in ${formatDuration(this.#backoffMs)}; its log: ${logPath}`);
    this.#restart = setTimeout(() => void this.#relaunch(), this.#backoffMs);
  }

  async #untilReady(child: AppProcess, signal?: AbortSignal): Promise<void> {
    const { name, facts, port, logPath } = this.#options;
    await waitUntil({
      what: `${name} to be ready (see ${logPath})`,
      timeoutMs: readyWithinMs,
      signal,
      attempt: async () => {
        if (this.#process !== child) throw this.#died ?? new Problem(`${name} ended before it was ready.`);
        return (await answersOk(`http://127.0.0.1:${port}${facts.healthPath}`)) || undefined;
      },
    });
  }
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return response.status < 400;
  } catch {
    return false;
  }
}

function describeExit({ exitCode, signal }: { exitCode?: number; signal?: string }): string {
  return signal ? `killed by ${signal}` : `exit code ${exitCode ?? 'unknown'}`;
}

/** The group of a process that was started detached. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
