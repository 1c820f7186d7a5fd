import { globSync } from 'node:fs';
import { readMembers } from '../workspace/members.ts';
import type { Findings } from './check.ts';

/** Whether every test file is run by a script: one that no script runs would pass for ever. */
export async function checkScripts(): Promise<Findings> {
  const members = await readMembers();
  return members.flatMap(({ directory, name, scripts }) =>
    missingScripts(name, scripts, globSync('{src,test,bootstrap}/**/*.test.{ts,tsx,mjs}', { cwd: directory })),
  );
}

/** The scripts that a package with these test files lacks. */
export function missingScripts(
  name: string,
  scripts: Readonly<Record<string, string>>,
  testFiles: readonly string[],
): string[] {
  return [...new Set(testFiles.map(scriptOf))]
    .filter((script) => scripts[script] === undefined)
    .map((script) => `${name} has test files but no script "${script}": nothing runs them.`);
}

/** `x.int.test.ts` is run by `test:int`, `x.e2e.test.ts` by `test:e2e`, `x.cluster.test.ts` by `test:cluster`, `x.test.ts` by `test`. */
function scriptOf(file: string): string {
  const kind = /\.(int|e2e|cluster)\.test\.\w+$/.exec(file)?.[1];
  return kind === undefined ? 'test' : `test:${kind}`;
}
