import { execa } from 'execa';
import { Problem } from '../terminal/problem.ts';

interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs programs; none of them asks anything. */
export interface Commands {
  /** @throws Problem with the program's output when it fails. */
  must(program: string, args: readonly string[], options?: CommandOptions): Promise<void>;
  /** What the program printed, trimmed. @throws Problem as `must` does. */
  print(program: string, args: readonly string[], options?: CommandOptions): Promise<string>;
  /** True when the program succeeded. */
  attempt(program: string, args: readonly string[]): Promise<boolean>;
}

/** Programs that are ended when `stop` is aborted. */
export function commandsUntil(stop?: AbortSignal): Commands {
  const run = (program: string, args: readonly string[], { env, input = '' }: CommandOptions = {}) =>
    execa(program, args, { env, input, reject: false, all: true, timeout: 900_000, cancelSignal: stop });

  async function print(...command: Parameters<Commands['print']>): Promise<string> {
    const result = await run(...command);
    if (!result.failed) return result.stdout.trim();
    const [program, args] = command;
    throw new Problem(`${program} ${args.slice(0, 2).join(' ')} failed:\n${result.all || result.shortMessage}`, {
      cause: result,
    });
  }

  return {
    print,
    must: async (...command) => {
      await print(...command);
    },
    attempt: async (...command) => !(await run(...command)).failed,
  };
}
