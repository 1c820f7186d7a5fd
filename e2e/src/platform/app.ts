import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { waitFor } from '@zarpa/testing';

/** The checkout's folder. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url));

const machineVariables =
  /^(PATH|HOME|(https?|no)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|npm_config_registry|PIP_(CERT|INDEX_URL))$/i;

/** How this machine finds programs and packages; nothing else of the test's own environment reaches the product. */
export function machineEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => machineVariables.test(name)));
}

export interface AppOptions {
  readonly name: string;
  /** Path of the program inside the repository, then its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly workingDirectory?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly readyUrl: string;
  readonly logFile: string;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** One of the product's programs as a child process; its output goes to a file. */
export class App {
  readonly options: AppOptions;
  readonly #log: WriteStream;
  #child: ChildProcess | undefined;

  constructor(options: AppOptions) {
    this.options = options;
    this.#log = createWriteStream(options.logFile, { flags: 'a' });
  }

  get name(): string {
    return this.options.name;
  }

  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error(`${this.options.name} is not running`);
    return pid;
  }

  /** Starts it without waiting. */
  launch(): void {
    const [program, ...args] = this.options.command;
    const child = spawn(process.execPath, [`${repository}${program}`, ...args], {
      cwd: `${repository}${this.options.workingDirectory ?? ''}`,
      env: { ...machineEnvironment(), LANG: 'C.UTF-8', ...this.options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.pipe(this.#log, { end: false });
    child.stderr.pipe(this.#log, { end: false });
    this.#child = child;
    running.add(child);
    child.once('exit', () => running.delete(child));
  }

  /** Starts it and waits until it answers. */
  async start(): Promise<void> {
    this.launch();
    await this.ready();
  }

  async ready(timeoutMs = 60_000): Promise<void> {
    await waitFor(
      async () => {
        if (this.#child?.exitCode != null) throw new Error(`${this.options.name} exited; see ${this.options.logFile}`);
        const answer = await fetch(this.options.readyUrl).catch(() => undefined);
        return answer?.ok === true;
      },
      { timeoutMs, describe: `${this.options.name} answers at ${this.options.readyUrl}; see ${this.options.logFile}` },
    );
  }

  /** As the kernel's out-of-memory killer would: no warning, nothing flushed. */
  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}
