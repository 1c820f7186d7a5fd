import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { Problem } from '../terminal/problem.ts';
import { formatDuration, report } from '../terminal/report.ts';
import { root } from '../workspace/workspace.ts';

const executingLine = /^(\S+):build: cache (?:miss|bypass)/;

/** Builds every app with turbo; what did not change since the last build comes from its cache. */
export async function buildAll(stop?: AbortSignal): Promise<void> {
  const startedAt = Date.now();
  const built = await turbo(['run', 'build', '--output-logs=new-only'], stop, (line) => {
    const name = executingLine.exec(line)?.[1];
    if (name !== undefined) report('Build', `building ${name}`);
  });
  if (built.failed) {
    throw new Problem(
      `The build failed:\n${failedOutput(built.output)}\nThe lines above say where. Correct it and run the command again.`,
    );
  }
  report('Build', `up to date (${formatDuration(Date.now() - startedAt)})`);
}

/** The lines of the tasks that failed, without those of the others that ran beside them. */
export function failedOutput(output: string): string {
  const tasks = /^Failed: +(.+)$/m.exec(output)?.[1]?.split(', ') ?? [];
  const prefixes = tasks.map((task) => `${task.replace('#', ':')}: `);
  const lines = output.split('\n').filter((line) => prefixes.some((prefix) => line.startsWith(prefix)));
  return lines.length > 0 ? lines.join('\n') : output;
}

/** Runs turbo with its output held back and given line by line. */
async function turbo(
  args: readonly string[],
  stop: AbortSignal | undefined,
  onLine: (line: string) => void,
): Promise<{ failed: boolean; output: string }> {
  const child = execa(`${root}/node_modules/.bin/turbo`, [...args, '--ui=stream'], {
    cwd: root,
    stdin: 'ignore',
    all: true,
    reject: false,
    cancelSignal: stop,
    env: { TURBO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0' },
  });
  createInterface({ input: child.all }).on('line', onLine);
  const result = await child;
  return { failed: result.failed, output: result.all };
}
