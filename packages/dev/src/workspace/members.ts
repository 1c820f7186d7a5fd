import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { root } from './workspace.ts';

const Manifest = z.object({ name: z.string(), scripts: z.record(z.string(), z.string()).default({}) });

/** A package of the monorepo. */
export interface Member extends z.output<typeof Manifest> {
  readonly directory: string;
}

/** Every package of the monorepo. */
export async function readMembers(): Promise<Member[]> {
  const files = globSync(['apps/*/package.json', 'packages/*/package.json', 'e2e/package.json'], { cwd: root });
  return Promise.all(
    files.toSorted().map(async (file) => {
      const text = await readFile(path.join(root, file), 'utf8');
      return { ...Manifest.parse(JSON.parse(text)), directory: path.join(root, path.dirname(file)) };
    }),
  );
}
