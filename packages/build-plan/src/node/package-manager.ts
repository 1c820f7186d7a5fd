import semver from 'semver';
import type { Findings } from '../finding.ts';
import type { Folder } from '../repository/repository-files.ts';
import { type PackageJson, readPackageJson } from './package-json.ts';
import { findWorkspace } from './workspace.ts';

export type NodePackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** How dependencies are installed and scripts run. */
export interface PackageManager {
  name: NodePackageManager;
  /** The command itself. Every one but npm comes through npx, so that Node with npm is all a machine needs. */
  command: string;
  version: string | null;
  isBerry: boolean;
  lockfile: string | null;
  workspace: Folder | null;
}

/** Lockfiles by package manager, in order of precedence. */
export const nodeLockfiles: ReadonlyArray<readonly [string, NodePackageManager]> = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
];

const defaultVersions = { pnpm: '10', yarnClassic: '1.22.22', yarnBerry: '4', bun: '1' };

export function detectPackageManager(folder: Folder, packageJson: PackageJson, findings: Findings): PackageManager {
  const workspace = findWorkspace(folder);
  if (workspace) findings.add('workspace_found', folder.path('package.json'), workspace.root);
  const field = readField(folder, packageJson, workspace);
  if (field) findings.add('package_manager_field', field.file, field.text);
  const folders = workspace ? [workspace, folder] : [folder];
  const found = findLockfile(folders, field?.name ?? null);
  const name = field?.name ?? found?.name ?? (workspace?.has('pnpm-workspace.yaml') ? 'pnpm' : 'npm');
  if (found) findings.add('lockfile_found', found.path, name);
  const version = field?.version ?? null;
  const isBerry =
    name === 'yarn' && (version ? semver.major(version) >= 2 : folders.some((each) => each.has('.yarnrc.yml')));
  return {
    name,
    command: commandOf(name, version, isBerry),
    version,
    isBerry,
    lockfile: found?.path ?? null,
    workspace,
  };
}

interface PackageManagerField {
  file: string;
  text: string;
  name: NodePackageManager;
  version: string | null;
}

function readField(folder: Folder, own: PackageJson, workspace: Folder | null): PackageManagerField | null {
  const ownField = parseField(own.packageManager, folder.path('package.json'));
  if (ownField || !workspace?.has('package.json')) return ownField;
  const parent = readPackageJson(workspace);
  return parent.ok ? parseField(parent.value.packageManager, workspace.path('package.json')) : null;
}

function parseField(text: string | null, file: string): PackageManagerField | null {
  const match = /^(npm|pnpm|yarn|bun)(?:@([^+\s]+))?/.exec(text ?? '');
  if (!match || text === null) return null;
  return { file, text, name: match[1] as NodePackageManager, version: semver.valid(match[2] ?? null) };
}

function findLockfile(folders: readonly Folder[], only: NodePackageManager | null) {
  for (const folder of folders) {
    const found = nodeLockfiles.find(([file, name]) => (only === null || name === only) && folder.has(file));
    if (found) return { path: folder.path(found[0]), name: found[1] };
  }
  return null;
}

function commandOf(name: NodePackageManager, version: string | null, isBerry: boolean): string {
  switch (name) {
    case 'npm':
      return 'npm';
    case 'pnpm':
      return `npx --yes pnpm@${version ?? defaultVersions.pnpm}`;
    case 'yarn':
      return isBerry
        ? `npx --yes --package @yarnpkg/cli-dist@${version ?? defaultVersions.yarnBerry} yarn`
        : `npx --yes yarn@${version ?? defaultVersions.yarnClassic}`;
    case 'bun':
      return `npx --yes bun@${version ?? defaultVersions.bun}`;
  }
}
