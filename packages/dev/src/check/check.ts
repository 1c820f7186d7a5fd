import { inspect } from 'node:util';
import pLimit from 'p-limit';
import { buildAll } from '../start/build.ts';
import { formatDuration, report } from '../terminal/report.ts';
import { checkGenerated } from './generated.ts';
import { checkMessages } from './messages.ts';
import { checkScripts } from './scripts.ts';
import { checkSettingsTable } from './settings-table.ts';
import { runTool } from './tool.ts';

const concurrency = 2;

export interface CheckOptions {
  /** Corrects what can be corrected: formatting and generated files. */
  readonly write: boolean;
}

/** What a check found: an empty list when all is well, else what is wrong and what to do. */
export type Findings = readonly string[];

interface Check {
  readonly name: string;
  readonly run: (options: CheckOptions) => Promise<Findings>;
}

const checks: readonly Check[] = [
  {
    name: 'types',
    run: () => runTool('turbo', ['run', 'typecheck', '--output-logs=errors-only', '--ui=stream', '--continue']),
  },
  {
    name: 'format and lint',
    run: ({ write }) => runTool('biome', ['check', '--error-on-warnings', ...(write ? ['--write'] : []), '.']),
  },
  {
    name: 'boundaries',
    run: () => runTool('depcruise', ['--config', '.dependency-cruiser.mjs', 'apps', 'packages', 'e2e']),
  },
  { name: 'dead code', run: () => runTool('knip', ['--no-progress', '--no-config-hints']) },
  { name: 'OpenAPI and client', run: checkGenerated },
  { name: 'settings table', run: checkSettingsTable },
  { name: 'messages', run: checkMessages },
  { name: 'scripts', run: checkScripts },
];

/** `npm run check`: the exit code. */
export async function check(options: CheckOptions): Promise<number> {
  const { failed } = await runChecks(options);
  return failed === 0 ? 0 : 1;
}

/** Builds, then runs every check, and prints one line for each, with what it found below. */
export async function runChecks(options: CheckOptions): Promise<{ passed: number; failed: number }> {
  await buildAll();
  const limit = pLimit(concurrency);
  const results = await Promise.all(checks.map((one) => limit(() => runOne(one, options))));
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed };
}

async function runOne({ name, run }: Check, options: CheckOptions): Promise<boolean> {
  const startedAt = Date.now();
  const findings = await run(options).catch((error: unknown) => [inspect(error)]);
  const verdict = findings.length === 0 ? 'ok' : 'FAILED';
  report('Check', `${name}: ${verdict} (${formatDuration(Date.now() - startedAt)})`);
  if (findings.length > 0) console.log(findings.join('\n'));
  return findings.length === 0;
}
