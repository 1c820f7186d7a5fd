import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { readText } from '../workspace/json-file.ts';
import { root } from '../workspace/workspace.ts';
import type { CheckOptions, Findings } from './check.ts';

interface Generator {
  readonly file: string;
  readonly packageName: string;
  readonly script: string;
}

/** In this order: the client is made from the document. */
const generators: readonly Generator[] = [
  { file: 'apps/api/openapi.json', packageName: '@zarpa/api', script: 'openapi' },
  { file: 'packages/api-client/src/generated/schema.ts', packageName: '@zarpa/api-client', script: 'generate' },
];

/** Whether the committed OpenAPI document and client are what generating them again gives. */
export async function checkGenerated({ write }: CheckOptions): Promise<Findings> {
  const before = generators.map(({ file }) => readText(path.join(root, file)));
  const findings: string[] = [];
  for (const [index, generator] of generators.entries()) {
    const failure = await generate(generator);
    if (failure !== undefined) findings.push(failure);
    else if (!write) findings.push(...compare(generator.file, before[index]));
  }
  if (!write) await restore(before);
  return findings;
}

async function generate({ packageName, script }: Generator): Promise<string | undefined> {
  const result = await execa('pnpm', ['--filter', packageName, 'run', script], {
    cwd: root,
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  return result.failed ? `pnpm --filter ${packageName} run ${script} failed:\n${result.all}` : undefined;
}

function compare(file: string, before: string | undefined): Findings {
  if (readText(path.join(root, file)) === before) return [];
  return [`${file} is stale. Run: npm run check -- --write`];
}

async function restore(before: ReadonlyArray<string | undefined>): Promise<void> {
  for (const [index, { file }] of generators.entries()) {
    const text = before[index];
    if (text !== undefined) await writeFile(path.join(root, file), text);
  }
}
