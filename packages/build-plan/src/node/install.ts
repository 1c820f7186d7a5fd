import type { Findings } from '../finding.ts';
import { type Folder, parentsOf } from '../repository/repository-files.ts';
import { hasInstallScripts, type PackageJson } from './package-json.ts';
import type { PackageManager } from './package-manager.ts';

/** The command that installs exactly what the lockfile says, or what package.json allows when there is none. */
export function nodeInstallCommand(
  folder: Folder,
  packageJson: PackageJson,
  manager: PackageManager,
  findings: Findings,
): string | null {
  if (folder.hasUnder('node_modules/')) findings.add('node_modules_committed', folder.path('node_modules'));
  if (
    !manager.lockfile &&
    packageJson.dependencies.size === 0 &&
    !manager.workspace &&
    !hasInstallScripts(packageJson)
  ) {
    findings.add('no_dependencies', folder.path('package.json'));
    return null;
  }
  if (!manager.lockfile) findings.add('lockfile_missing', folder.path('package.json'));
  return `${environmentOf(manager)}${manager.command} ${argumentsOf(folder, manager)}`;
}

function argumentsOf(folder: Folder, manager: PackageManager): string {
  const isLocked = manager.lockfile !== null;
  switch (manager.name) {
    case 'npm':
      return isLocked ? 'ci' : 'install';
    case 'pnpm':
      return `install${isLocked ? ' --frozen-lockfile' : ''}${isStranger(folder, manager) ? ' --ignore-workspace' : ''}`;
    case 'yarn':
      return `install${isLocked ? (manager.isBerry ? ' --immutable' : ' --frozen-lockfile') : ''}`;
    case 'bun':
      return `install${isLocked ? ' --frozen-lockfile' : ''}`;
  }
}

/** Yarn's Plug'n'Play needs its own loader at every start; a plain node_modules does not. */
const environmentOf = ({ isBerry }: PackageManager): string => (isBerry ? 'YARN_NODE_LINKER=node-modules ' : '');

/** pnpm would install the workspace above in place of a folder that is no part of it. */
const isStranger = (folder: Folder, { workspace }: PackageManager): boolean =>
  workspace === null && parentsOf(folder.root).some((parent) => folder.at(parent).has('pnpm-workspace.yaml'));

const manifestNames = ['package.json', '.npmrc', '.yarnrc.yml', '.pnpmfile.cjs', 'bunfig.toml', 'pnpm-workspace.yaml'];

/**
 * The files that installing reads, so that a Dockerfile can keep the layer while they stay the same; null when it may
 * read any file.
 */
export function nodeManifests(folder: Folder, packageJson: PackageJson, manager: PackageManager): string[] | null {
  if (manager.workspace || hasInstallScripts(packageJson)) return null;
  if (['node_modules/', 'patches/', '.yarn/'].some((prefix) => folder.hasUnder(prefix))) return null;
  if ([...packageJson.dependencies.values()].some((range) => /^(file|link|portal|patch|workspace):|^[./~]/.test(range)))
    return null;
  const present = manifestNames.filter((name) => folder.has(name)).map((name) => folder.path(name));
  return manager.lockfile ? [...present, manager.lockfile] : present;
}

/** What package managers keep between builds. */
export const nodeCaches: Record<PackageManager['name'], readonly string[]> = {
  npm: ['/root/.npm'],
  pnpm: ['/root/.npm', '/root/.local/share/pnpm/store'],
  yarn: ['/root/.npm', '/usr/local/share/.cache/yarn', '/root/.yarn/berry/cache'],
  bun: ['/root/.npm', '/root/.bun/install/cache'],
};
