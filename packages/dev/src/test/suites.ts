import { rm } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { readText } from '../workspace/json-file.ts';
import { type Member, readMembers } from '../workspace/members.ts';
import { root } from '../workspace/workspace.ts';
import { addTotals, readTotals, type Totals } from './totals.ts';

interface Suite {
  readonly script: 'test' | 'test:int';
  readonly concurrency: number;
  readonly environment: Environment;
}

type Environment = Readonly<Record<string, string>>;

/** Relative to each package: vitest runs in its folder. */
const reportFile = 'node_modules/.zarpa/vitest.json';
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];

/** No test is a timed one: on a busy machine each may take its time, and one that hangs still ends. */
const patience = ['--testTimeout=60000', '--hookTimeout=120000'];

/** Runs one script of every package that has it; prints the output of those that fail. */
export async function runSuite({ script, concurrency, environment }: Suite): Promise<Totals> {
  const members = (await readMembers()).filter(({ scripts }) => scripts[script] !== undefined);
  await removeReports(members);
  const turbo = ['run', script, `--concurrency=${concurrency}`, '--continue', '--ui=stream', '--log-order=grouped'];
  const { failed } = await execa(
    path.join(root, 'node_modules/.bin/turbo'),
    [...turbo, '--output-logs=errors-only', '--', ...reporters, ...patience],
    {
      cwd: root,
      env: { ...environment, ...quiet },
      stdin: 'ignore',
      stdout: 'inherit',
      stderr: 'inherit',
      reject: false,
    },
  );
  return collect(members, failed);
}

/** Runs the end-to-end tests, showing their progress. */
export async function runEndToEnd(environment: Environment): Promise<Totals> {
  const members = (await readMembers()).filter(({ scripts }) => scripts['test:e2e'] !== undefined);
  const totals: Totals[] = [];
  for (const member of members) totals.push(await runScript({ member, script: 'test:e2e', environment }));
  return totals.reduce(addTotals, { passed: 0, failed: 0 });
}

interface ScriptRun {
  readonly member: Member;
  readonly script: 'test:e2e' | 'test:cluster';
  readonly environment: Environment;
  readonly stop?: AbortSignal;
}

/** Runs the tests of one package, showing their progress. */
export async function runScript({ member, script, environment, stop }: ScriptRun): Promise<Totals> {
  await removeReports([member]);
  const { failed } = await execa('pnpm', ['--filter', member.name, 'run', script, ...reporters], {
    cwd: root,
    env: { ...environment, ...quiet },
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
    reject: false,
    cancelSignal: stop,
  });
  return collect([member], failed);
}

const quiet = {
  TURBO_TELEMETRY_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
};

async function removeReports(members: readonly Member[]): Promise<void> {
  await Promise.all(members.map(({ directory }) => rm(path.join(directory, reportFile), { force: true })));
}

/** Adds the reports up. A run that failed without a failed test in any report counts as one more failed. */
function collect(members: readonly Member[], failed: boolean): Totals {
  const totals = members.map(({ directory, name }) => {
    const text = readText(path.join(directory, reportFile));
    if (text !== undefined) return readTotals(text);
    console.error(`${name} ended without a report of its tests.`);
    return { passed: 0, failed: 1 };
  });
  const sum = totals.reduce(addTotals, { passed: 0, failed: 0 });
  return failed && sum.failed === 0 ? { ...sum, failed: 1 } : sum;
}
