import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../workspace/workspace.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'zarpa-boundaries-'));
  write('apps/web/tsconfig.json', '{}');
  write('apps/web/src/layout.ts', 'export const layout = 1;');
  write('apps/api/src/service.ts', 'export interface Service { readonly name: string }');
  write('packages/contracts/src/index.ts', 'export const shape = 1;');
  write('packages/messaging/src/index.ts', 'export const send = 1;');
});
afterEach(() => rmSync(directory, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
  writeFileSync(path.join(directory, file), text);
}

/** Names of the rules that dependency-cruiser finds broken, with the configuration of this checkout. */
async function brokenRules(): Promise<string[]> {
  const configuration = path.join(root, '.dependency-cruiser.mjs');
  const { stdout } = await execa(
    path.join(root, 'node_modules/.bin/depcruise'),
    ['--config', configuration, '--output-type', 'json', 'apps', 'packages'],
    { cwd: directory, reject: false, stdin: 'ignore' },
  );
  const { summary } = JSON.parse(stdout) as { summary: { violations: Array<{ rule: { name: string } }> } };
  return summary.violations.map(({ rule }) => rule.name);
}

test('a tree that keeps the boundaries passes', async () => {
  expect(await brokenRules()).toEqual([]);
});

test.each([
  ['apps/web/src/page.ts', "import type { Service } from '../../api/src/service.ts';", 'web-imports-no-app'],
  ['apps/web/src/page.ts', "import { send } from '../../../packages/messaging/src/index.ts';", 'web-imports'],
  [
    'apps/api/src/main.ts',
    "import { send } from '../../../packages/messaging/src/index.ts';",
    'packages-through-the-front-door',
  ],
  ['packages/contracts/src/index.ts', "import { hostname } from 'node:os';", 'contracts-import-zod-alone'],
  ['packages/build-plan/src/index.ts', "import { readFile } from 'node:fs/promises';", 'build-plan-is-pure'],
  ['packages/messaging/src/index.ts', "import '../../../apps/api/src/service.ts';", 'packages-import-no-app'],
  ['apps/api/src/main.ts', "await import('./nowhere.ts');", 'imports-resolve'],
])('%s with %s breaks %s', async (file, code, rule) => {
  write(file, code);
  expect(await brokenRules()).toContain(rule);
});

test('two files that need each other are a cycle', async () => {
  write('apps/api/src/a.ts', "import { b } from './b.ts';\nexport const a = () => b;");
  write('apps/api/src/b.ts', "import { a } from './a.ts';\nexport const b = () => a;");
  expect(await brokenRules()).toContain('no-cycles');
});
