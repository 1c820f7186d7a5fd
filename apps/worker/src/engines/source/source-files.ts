import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type BuildPlanResult, createBuildPlan, filesToRead } from '@zarpa/build-plan';
import type { BuildPlanFailure, CommandOverrides, Reason } from '@zarpa/contracts';
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

/** Pure. */
export function planOf(
  source: SourceFiles,
  paths: readonly string[],
  rootDirectory: string,
  overrides: CommandOverrides,
): BuildPlanResult {
  const read = (path: string) => (Object.hasOwn(source.texts, path) ? source.texts[path] : undefined);
  return createBuildPlan({ files: { paths, read }, rootDirectory, overrides });
}

/** Why a deployment failed whose repository cannot be planned. */
export function planReason({ code, file, detail, lookedFor }: BuildPlanFailure): Reason {
  return { code, params: { file: file ?? '', detail: detail ?? '', lookedFor: lookedFor.join(', ') } };
}

/** Null for what is no readable text file of reasonable size. */
async function readSmallFile(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile() || found.size > largestFileBytes) return null;
  return await readFile(path, 'utf8');
}
