import type { Detected, DetectionInput } from '../detection.ts';
import { type Outcome, succeeded } from '../failure.ts';
import { aptPackages } from '../host-config/apt-groups.ts';
import { choosePythonInstall, pythonCaches } from './install.ts';
import { readPyproject } from './pyproject.ts';
import { choosePythonVersion } from './python-version.ts';
import { pythonBuildPackages, pythonSystemPackages } from './requirements.ts';
import { choosePythonStart } from './start.ts';

/** The plan of a Python repository, or of a single file when it lists no dependencies. */
export function detectPython(input: DetectionInput): Outcome<Detected> {
  const { folder, host, findings, overrides } = input;
  const pyproject = readPyproject(folder);
  if (!pyproject.ok) return pyproject;
  const install = choosePythonInstall(folder, pyproject.value);
  if (install) findings.add('python_manifest_found', install.file, install.tool);
  if (install && !install.isLocked) findings.add('lockfile_missing', install.file);
  if (overrides.install) findings.add('install_overridden', null, overrides.install);
  const runtimeVersion = choosePythonVersion(folder, pyproject.value?.requiresPython ?? null, host, findings);
  const installCommand = overrides.install ?? install?.command ?? null;
  const start = choosePythonStart(
    input,
    pyproject.value,
    installCommand?.includes('.venv') || install?.manager === 'uv',
  );
  if (!start.ok) return start;
  if (!install) findings.add('single_file_found', null, start.value);
  const requirements = install?.requirements ?? [];
  const needed = install ? pythonSystemPackages(requirements, install.file, findings) : [];
  return succeeded({
    runtime: 'python',
    runtimeVersion,
    packageManager: install?.manager ?? null,
    installCommand,
    buildCommand: chooseBuild(input),
    startCommand: start.value,
    systemPackages: [...new Set([...needed, ...aptPackages(host.aptGroups, findings)])],
    environment: { PYTHONUNBUFFERED: '1' },
    image: {
      baseImage: `python:${runtimeVersion}-slim-bookworm`,
      buildPackages: pythonBuildPackages(requirements),
      manifests: overrides.install ? null : (install?.manifests ?? null),
      caches: pythonCaches[install?.tool ?? 'pip'],
      buildEnvironment: install?.tool === 'uv' ? uvEnvironment : {},
      globalPackage: null,
    },
  });
}

/** A Python that uv fetches by itself has to be inside the folder that the run image receives. */
const uvEnvironment = { UV_LINK_MODE: 'copy', UV_PYTHON_INSTALL_DIR: '/app/.python' };

function chooseBuild({ host, overrides, findings }: DetectionInput): string | null {
  if (overrides.build) findings.add('build_overridden', null, overrides.build);
  else if (host.build) findings.add('build_from_host_config', host.build.file, host.build.value);
  return overrides.build ?? host.build?.value ?? null;
}
