import { execa } from 'execa';

/** The only configuration that counts is the repository's own, and nothing in it may start a program. */
const isolation = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
};

const configuration = ['-c', 'safe.directory=*', '-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false'];

export interface GitInput {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

function gitEnvironment(env: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', ...isolation, ...env };
}

function gitArguments(directory: string, args: readonly string[]): string[] {
  return [...configuration, `--git-dir=${directory}`, ...args];
}

/** Runs git on a bare repository; throws execa's error on a non-zero exit. */
export async function gitBytes(directory: string, args: readonly string[], options: GitInput = {}): Promise<Buffer> {
  const { stdout } = await execa('git', gitArguments(directory, args), {
    env: gitEnvironment(options.env),
    extendEnv: false,
    encoding: 'buffer',
    stripFinalNewline: false,
    timeout: 60_000,
    maxBuffer: 128 * 1024 * 1024,
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
  });
  return Buffer.from(stdout.buffer, stdout.byteOffset, stdout.byteLength);
}

export async function git(directory: string, args: readonly string[], options: GitInput = {}): Promise<string> {
  return (await gitBytes(directory, args, options)).toString('utf8');
}

/** A git process whose output is streamed; the caller kills it when its reader goes away. */
export function gitStream(directory: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return execa('git', gitArguments(directory, args), {
    env: gitEnvironment(env),
    extendEnv: false,
    buffer: false,
    reject: false,
    timeout: 300_000,
  });
}
