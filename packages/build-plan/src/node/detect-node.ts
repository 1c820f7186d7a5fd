import type { Detected, DetectionInput } from '../detection.ts';
import { type Outcome, succeeded } from '../failure.ts';
import { aptPackages } from '../host-config/apt-groups.ts';
import { chooseNodeBuild } from './build.ts';
import { entryFile, needsTypeStripping } from './entry-file.ts';
import { nodeCaches, nodeInstallCommand, nodeManifests } from './install.ts';
import { chooseNodeVersion } from './node-version.ts';
import { type PackageJson, readPackageJson } from './package-json.ts';
import { detectPackageManager } from './package-manager.ts';
import type { CommandContext } from './run-command.ts';
import { chooseNodeStart, type NodeStart } from './start.ts';
import { nodeBuildPackages, nodeSystemPackages } from './system-packages.ts';

const withoutManifest: PackageJson = {
  scripts: new Map(),
  dependencies: new Map(),
  main: null,
  enginesNode: null,
  packageManager: null,
  workspaces: [],
};

const bunPackage = 'bun@1';

/** The plan of a Node repository, or of single files when it has no package.json. */
export function detectNode(input: DetectionInput): Outcome<Detected> {
  const { folder, host, findings, overrides } = input;
  const file = folder.path('package.json');
  const hasManifest = folder.has('package.json');
  const parsed = hasManifest ? readPackageJson(folder) : succeeded(withoutManifest);
  if (!parsed.ok) return parsed;
  const packageJson = parsed.value;
  if (hasManifest) findings.add('package_json_found', file);
  const manager = detectPackageManager(folder, packageJson, findings);
  const context: CommandContext = { packageJson, manager, file, findings };
  const install = hasManifest ? nodeInstallCommand(folder, packageJson, manager, findings) : null;
  if (overrides.install) findings.add('install_overridden', null, overrides.install);
  const version = chooseNodeVersion(folder, packageJson.enginesNode, host, findings);
  const start = chooseNodeStart(input, context);
  if (!start.ok) return start;
  const buildCommand = chooseNodeBuild(input, context, start.value);
  const runtimeVersion = versionForTypes(version, start.value, input);
  const needed = [...nodeSystemPackages(packageJson, file, findings), ...aptPackages(host.aptGroups, findings)];
  const systemPackages = [...new Set(needed)];
  const withBrowser = systemPackages.includes('chromium');
  return succeeded({
    runtime: 'node',
    runtimeVersion,
    packageManager: hasManifest ? manager.name : null,
    installCommand: overrides.install ?? (withBrowser && install ? `PUPPETEER_SKIP_DOWNLOAD=true ${install}` : install),
    buildCommand,
    startCommand: start.value.text,
    systemPackages,
    environment: { NODE_ENV: 'production', ...(withBrowser ? browserEnvironment : {}) },
    image: {
      baseImage: `node:${runtimeVersion}-bookworm-slim`,
      buildPackages: nodeBuildPackages(packageJson),
      manifests: overrides.install ? null : nodeManifests(folder, packageJson, manager),
      caches: nodeCaches[manager.name],
      buildEnvironment: {},
      globalPackage: start.value.words?.includes(bunPackage) ? bunPackage : null,
    },
  });
}

const browserEnvironment = { PUPPETEER_EXECUTABLE_PATH: '/usr/bin/chromium', PUPPETEER_SKIP_DOWNLOAD: 'true' };

function versionForTypes(version: string, { words }: NodeStart, { folder, findings }: DetectionInput): string {
  if (!words || !needsTypeStripping(words)) return version;
  const file = entryFile(words) ?? '';
  findings.add('type_stripping', folder.path(file), file);
  if (version !== '20') return version;
  findings.add('runtime_version_raised_for_typescript', folder.path(file), '24');
  return '24';
}
