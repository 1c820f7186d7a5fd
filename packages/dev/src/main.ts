import { bench } from './bench/bench.ts';
import { benchCluster } from './bench/bench-cluster.ts';
import { check } from './check/check.ts';
import { SettingsError, settings, testClusterSettings } from './settings.ts';
import { start } from './start/start.ts';
import { errorCode, Problem } from './terminal/problem.ts';
import { test } from './test/test.ts';
import { testCluster } from './test-cluster/test-cluster.ts';

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  start: () => start(settings.parse(process.env)),
  test: () => test(settings.parse(process.env)),
  'test:cluster': (args) =>
    testCluster(args, { ...settings.parse(process.env), ...testClusterSettings.parse(process.env) }),
  check: (args) => check({ write: args.includes('--write') }),
  bench: () => bench(settings.parse(process.env)),
  'bench:cluster': (args) =>
    benchCluster(args, { ...settings.parse(process.env), ...testClusterSettings.parse(process.env) }),
};

async function main(): Promise<number> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) throw new Problem(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`);
  return command(args);
}

function explain(error: unknown): string {
  if (error instanceof Problem || error instanceof SettingsError) return error.message;
  if (errorCode(error) === 'ENOSPC') return 'The disk is full. Free some space and run the command again.';
  throw error;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`\n${explain(error)}`);
  process.exitCode = 1;
}
