import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type BuildPlanResult, createBuildPlan, filesToRead } from '@zarpa/build-plan';
import type { CommandOverrides } from '@zarpa/contracts';
import { z } from 'zod';

const largestFileBytes = 1_048_576;

/** What the build plan is made from, kept with the release so that a rollback with other commands can be planned again. */
export const SourceFiles = z.object({ paths: z.array(z.string()), texts: z.record(z.string(), z.string()) });
export type SourceFiles = z.infer<typeof SourceFiles>;

/** Reads names of all files of a tree that was just unpacked, and the few contents that matter. */
export async function readSourceFiles(folder: string, rootDirectory: string): Promise<SourceFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  const texts: Record<string, string> = {};
  for (const path of filesToRead(paths, rootDirectory)) {
    const text = await readSmallFile(join(folder, path));
    if (text !== null) texts[path] = text;
  }
  return { paths, texts };
}

export interface LocalPlan {
  readonly result: BuildPlanResult;
  /** The repository has a Dockerfile, which this engine cannot use, but is recognised without it as well. */
  readonly withoutDockerfile: boolean;
}

/** The plan for a machine without containers: a repository's own Dockerfile is left out where the rest says enough. */
export function planLocally(source: SourceFiles, rootDirectory: string, overrides: CommandOverrides): LocalPlan {
  const asIs = planOf(source, source.paths, rootDirectory, overrides);
  if (!asIs.ok || asIs.plan.runtime !== 'docker') return { result: asIs, withoutDockerfile: false };
  const dockerfile = rootDirectory === '' ? 'Dockerfile' : `${rootDirectory}/Dockerfile`;
  const paths = source.paths.filter((path) => path !== dockerfile);
  const result = planOf(source, paths, rootDirectory, overrides);
  return result.ok ? { result, withoutDockerfile: true } : { result: asIs, withoutDockerfile: false };
}

function planOf(
  source: SourceFiles,
  paths: readonly string[],
  rootDirectory: string,
  overrides: CommandOverrides,
): BuildPlanResult {
  const read = (path: string) => (Object.hasOwn(source.texts, path) ? source.texts[path] : undefined);
  return createBuildPlan({ files: { paths, read }, rootDirectory, overrides });
}

/** Null for what is no readable text file of reasonable size. */
async function readSmallFile(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile() || found.size > largestFileBytes) return null;
  return await readFile(path, 'utf8');
}
