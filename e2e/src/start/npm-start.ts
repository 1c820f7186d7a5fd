import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from '@zarpa/testing';
import { machineEnvironment, repository } from '../platform/app.ts';

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) signal(child, 'SIGKILL');
});

/** `npm start` as in a terminal: a process group of its own, which Ctrl-C interrupts as a whole. */
export class NpmStart {
  readonly #child: ChildProcess;
  #printed = '';

  constructor(environment: Readonly<Record<string, string>>) {
    this.#child = spawn('npm', ['start'], {
      cwd: repository,
      env: { ...machineEnvironment(), LANG: 'C.UTF-8', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(this.#child);
    this.#child.once('exit', () => running.delete(this.#child));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#printed += text;
      });
    }
  }

  get printed(): string {
    return this.#printed;
  }

  /** Resolves when it says where to go; the first time it builds everything. */
  async up(): Promise<void> {
    await waitFor(
      () => {
        if (this.#child.exitCode !== null) throw new Error(`npm start ended:\n${this.#printed}`);
        return this.#printed.includes('\nOpen http');
      },
      { timeoutMs: 400_000, describe: 'npm start' },
    );
  }

  /** Resolves with its exit code. */
  async interrupt(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exited = once(this.#child, 'exit');
      signal(this.#child, 'SIGINT');
      await exited;
    }
    return this.#child.exitCode;
  }
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, name);
}
