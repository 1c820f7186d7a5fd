import { joinWords } from '../command/shell-words.ts';
import type { Folder } from '../repository/repository-files.ts';
import type { Pyproject } from './pyproject.ts';
import { readsOtherFiles, requirementLines } from './requirements.ts';

/** How a Python repository's dependencies come into `.venv`; every tool beyond Python itself is installed by pip first. */
export interface PythonInstall {
  manager: 'pip' | 'uv';
  tool: 'pip' | 'uv' | 'poetry';
  /** The file that decided it. */
  file: string;
  command: string;
  requirements: readonly string[];
  /** As in `ImageDetails`. */
  manifests: string[] | null;
  isLocked: boolean;
}

const createEnvironment = 'python3 -m venv .venv';

/** What pip, uv or poetry needs, by precedence; null for a repository that lists no dependencies. */
export function choosePythonInstall(folder: Folder, pyproject: Pyproject | null): PythonInstall | null {
  if (pyproject && (folder.has('uv.lock') || pyproject.usesUv)) return withUv(folder, pyproject);
  if (pyproject?.usesPoetry) return withPoetry(folder, pyproject);
  if (pyproject?.dependencies && (pyproject.dependencies.length > 0 || !folder.has('requirements.txt'))) {
    return withProject(folder, pyproject, pyproject.dependencies);
  }
  if (folder.has('requirements.txt')) return withRequirements(folder);
  return pyproject?.hasProject ? withProject(folder, pyproject, []) : null;
}

function withUv(folder: Folder, pyproject: Pyproject): PythonInstall {
  const isLocked = folder.has('uv.lock');
  const sync = `.uv/bin/uv sync --no-dev${isLocked ? ' --frozen' : ''}`;
  return {
    manager: 'uv',
    tool: 'uv',
    file: folder.path(isLocked ? 'uv.lock' : 'pyproject.toml'),
    command: `python3 -m venv .uv && .uv/bin/pip install uv && ${sync} && rm -rf .uv`,
    requirements: pyproject.dependencies ?? [],
    manifests: pyproject.hasBuildSystem
      ? null
      : present(folder, ['pyproject.toml', 'uv.lock', '.python-version', 'uv.toml']),
    isLocked,
  };
}

function withPoetry(folder: Folder, pyproject: Pyproject): PythonInstall {
  const isLocked = folder.has('poetry.lock');
  const tool = 'python3 -m venv .poetry && .poetry/bin/pip install poetry';
  return {
    manager: 'pip',
    tool: 'poetry',
    file: folder.path(isLocked ? 'poetry.lock' : 'pyproject.toml'),
    command: `${createEnvironment} && ${tool} && .poetry/bin/poetry install --only main --no-root --no-interaction && rm -rf .poetry`,
    requirements: pyproject.dependencies ?? [],
    manifests: present(folder, ['pyproject.toml', 'poetry.lock', 'poetry.toml']),
    isLocked,
  };
}

function withProject(folder: Folder, pyproject: Pyproject, dependencies: readonly string[]): PythonInstall {
  const packages = pyproject.hasBuildSystem ? ['.'] : dependencies;
  const install = packages.length === 0 ? '' : ` && .venv/bin/pip install ${joinWords(packages)}`;
  return {
    manager: 'pip',
    tool: 'pip',
    file: folder.path('pyproject.toml'),
    command: `${createEnvironment}${install}`,
    requirements: dependencies,
    manifests: pyproject.hasBuildSystem || readsOtherFiles(dependencies) ? null : present(folder, ['pyproject.toml']),
    isLocked: false,
  };
}

function withRequirements(folder: Folder): PythonInstall {
  const requirements = requirementLines(folder.read('requirements.txt') ?? '');
  return {
    manager: 'pip',
    tool: 'pip',
    file: folder.path('requirements.txt'),
    command: `${createEnvironment} && .venv/bin/pip install -r requirements.txt`,
    requirements,
    manifests: readsOtherFiles(requirements) ? null : present(folder, ['requirements.txt']),
    isLocked: requirements.length > 0 && requirements.every((line) => /==|@/.test(line)),
  };
}

const present = (folder: Folder, names: readonly string[]): string[] =>
  names.filter((name) => folder.has(name)).map((name) => folder.path(name));

export const pythonCaches: Record<PythonInstall['tool'], readonly string[]> = {
  pip: ['/root/.cache/pip'],
  uv: ['/root/.cache/pip', '/root/.cache/uv'],
  poetry: ['/root/.cache/pip', '/root/.cache/pypoetry'],
};
