import type { BuildPlan, BuildPlanFailure, CommandOverrides } from '@zarpa/contracts';
import { singleLine } from './command/single-line.ts';
import type { Detected, DetectionInput } from './detection.ts';
import { readOwnDockerfile } from './dockerfile/own-dockerfile.ts';
import { writeDockerfile } from './dockerfile/write-dockerfile.ts';
import { failed, type Outcome } from './failure.ts';
import { collectFindings } from './finding.ts';
import { hostConfigNames, readHostConfig } from './host-config/host-config.ts';
import { readProcfile } from './host-config/procfile.ts';
import { detectNode } from './node/detect-node.ts';
import { nodeEntryFiles } from './node/start.ts';
import { detectPython } from './python/detect-python.ts';
import { pythonEntryFiles } from './python/start.ts';
import { type Folder, openFolder, type RepositoryFiles } from './repository/repository-files.ts';
import { parseRootDirectory } from './repository/root-directory.ts';

export interface BuildPlanInput {
  files: RepositoryFiles;
  /** The bot's folder inside the repository, `''` for its root. */
  rootDirectory: string;
  overrides: CommandOverrides;
}

export type BuildPlanResult = { ok: true; plan: BuildPlan } | { ok: false; failure: BuildPlanFailure };

const pythonManifests = ['uv.lock', 'pyproject.toml', 'requirements.txt'];

/**
 * Says what a repository is and how it is installed, built and started. Pure, and throws for no content whatsoever:
 * whatever stands in the way is a failure that names the file or what was looked for.
 *
 * Commands are single lines for `sh`, run in the plan's root directory with Node and npm, or Python with venv, on the
 * PATH; they bring every other tool along. `plan.environment` is for running alone: building needs devDependencies.
 */
export function createBuildPlan({ files, rootDirectory, overrides }: BuildPlanInput): BuildPlanResult {
  const root = parseRootDirectory(rootDirectory);
  if (!root.ok) return root;
  const folder = openFolder(files, root.value);
  if (root.value !== '' && !folder.hasUnder('')) {
    return failed('root_directory_missing', { detail: `The repository has no folder "${root.value}".` });
  }
  const host = readHostConfig(folder);
  if (!host.ok) return host;
  const procfile = readProcfile(folder);
  if (!procfile.ok) return procfile;
  const findings = collectFindings();
  for (const file of host.value.files) findings.add('host_config_found', file);
  const input: DetectionInput = {
    folder,
    host: host.value,
    procfile: procfile.value,
    overrides: oneLineEach(overrides),
    findings,
  };
  if (folder.has('Dockerfile')) return planOfDockerfile(input);
  const detected = detect(input);
  return detected.ok ? { ok: true, plan: toPlan(input, detected.value) } : detected;
}

const oneLineEach = (overrides: CommandOverrides): CommandOverrides => ({
  install: overrides.install === null ? null : singleLine(overrides.install) || null,
  build: overrides.build === null ? null : singleLine(overrides.build) || null,
  start: overrides.start === null ? null : singleLine(overrides.start) || null,
});

function detect(input: DetectionInput): Outcome<Detected> {
  const { folder, host, procfile } = input;
  const main = host.main && folder.has(host.main.value) ? host.main.value : '';
  const hasPython = pythonManifests.some((name) => folder.has(name)) || hasAny(folder, pythonEntryFiles);
  if (folder.has('package.json') && !(main.endsWith('.py') && hasPython)) return detectNode(input);
  if (hasPython && !/\.[cm]?[jt]s$/.test(main)) return detectPython(input);
  const hint = `${main} ${host.start?.value ?? ''} ${procfile?.value ?? ''}`;
  if (/\.py\b|\bpython3?\b/.test(hint)) return detectPython(input);
  if (/\.[cm]?[jt]s\b|\bnode\b/.test(hint) || hasAny(folder, nodeEntryFiles)) return detectNode(input);
  if (folder.names().filter((name) => name.endsWith('.py')).length === 1) return detectPython(input);
  const lookedFor = ['Dockerfile', 'package.json', ...pythonManifests, 'Procfile', ...hostConfigNames];
  return failed('unrecognised_repository', { lookedFor: [...lookedFor, ...nodeEntryFiles, ...pythonEntryFiles] });
}

const hasAny = (folder: Folder, names: readonly string[]): boolean => names.some((name) => folder.has(name));

function planOfDockerfile({ folder, host, overrides, findings }: DetectionInput): BuildPlanResult {
  const dockerfile = readOwnDockerfile(folder);
  if (!dockerfile.ok) return dockerfile;
  findings.add('dockerfile_found', folder.path('Dockerfile'));
  if (overrides.install || overrides.build) findings.add('override_ignored', folder.path('Dockerfile'));
  if (overrides.start) findings.add('start_overridden', null, overrides.start);
  const plan: BuildPlan = {
    version: 1,
    runtime: 'docker',
    runtimeVersion: null,
    packageManager: null,
    rootDirectory: folder.root,
    installCommand: null,
    buildCommand: null,
    startCommand: overrides.start,
    systemPackages: [],
    environment: {},
    suggestions: { name: host.name, memoryMb: host.memoryMb },
    findings: findings.list(),
    dockerfile: dockerfile.value,
  };
  return { ok: true, plan };
}

function toPlan({ folder, host, findings }: DetectionInput, { image, ...detected }: Detected): BuildPlan {
  const commands = {
    rootDirectory: folder.root,
    installCommand: detected.installCommand && singleLine(detected.installCommand),
    buildCommand: detected.buildCommand && singleLine(detected.buildCommand),
    startCommand: singleLine(detected.startCommand),
  };
  return {
    version: 1,
    ...detected,
    ...commands,
    suggestions: { name: host.name, memoryMb: host.memoryMb },
    findings: findings.list(),
    dockerfile: writeDockerfile({ ...detected, ...commands, image }),
  };
}
