import path from 'node:path';
import { execa } from 'execa';
import { root } from '../workspace/workspace.ts';
import type { Findings } from './check.ts';

/** Runs one of the checkout's own tools; its output is the finding when it fails. */
export async function runTool(name: string, args: readonly string[]): Promise<Findings> {
  const result = await execa(path.join(root, 'node_modules/.bin', name), args, {
    cwd: root,
    stdin: 'ignore',
    all: true,
    reject: false,
    env: { TURBO_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0', NO_COLOR: '1' },
  });
  return result.failed ? [result.all || (result.shortMessage ?? `${name} failed.`)] : [];
}
