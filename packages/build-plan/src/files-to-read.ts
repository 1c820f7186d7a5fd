import { hostConfigNames } from './host-config/host-config.ts';
import { joinPath, parentsOf } from './repository/repository-files.ts';
import { parseRootDirectory } from './repository/root-directory.ts';

const namesToRead = [
  'Dockerfile',
  'package.json',
  'pyproject.toml',
  'requirements.txt',
  'Procfile',
  ...hostConfigNames,
  '.nvmrc',
  '.node-version',
  '.python-version',
  'runtime.txt',
];
const parentNamesToRead = ['package.json', 'pnpm-workspace.yaml'];

/**
 * Which of a repository's files `createBuildPlan` reads, so that only these have to be loaded: at most a dozen in the
 * root directory, and two in each folder above it for workspaces. Lockfiles count by their presence alone.
 */
export function filesToRead(paths: readonly string[], rootDirectory: string): string[] {
  const root = parseRootDirectory(rootDirectory);
  if (!root.ok) return [];
  const wanted = new Set([
    ...namesToRead.map((name) => joinPath(root.value, name)),
    ...parentsOf(root.value).flatMap((parent) => parentNamesToRead.map((name) => joinPath(parent, name))),
  ]);
  return [...new Set(paths.filter((path) => wanted.has(path)))];
}
