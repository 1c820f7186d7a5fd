import { parse } from 'smol-toml';
import { z } from 'zod';
import { invalidFile, messageOf, type Outcome, succeeded } from '../failure.ts';
import type { Folder } from '../repository/repository-files.ts';

/** The parts of pyproject.toml that decide a plan. */
export interface Pyproject {
  hasProject: boolean;
  requiresPython: string | null;
  /** Null when they are not listed here, or worked out when the package is built. */
  dependencies: readonly string[] | null;
  scripts: readonly string[];
  hasBuildSystem: boolean;
  usesUv: boolean;
  usesPoetry: boolean;
}

const names = z.record(z.string(), z.unknown()).catch({});
const schema = z.object({
  project: z
    .object({
      'requires-python': z.string().nullish().catch(null),
      dependencies: z.array(z.string()).nullish().catch(null),
      scripts: names,
    })
    .nullish()
    .catch(null),
  'build-system': z.unknown().optional(),
  tool: z
    .object({
      uv: z.unknown().optional(),
      poetry: z.object({ dependencies: names }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

export function readPyproject(folder: Folder): Outcome<Pyproject | null> {
  const file = folder.path('pyproject.toml');
  if (!folder.has('pyproject.toml')) return succeeded(null);
  const content = folder.read('pyproject.toml');
  if (content === undefined) return invalidFile(file, 'The file could not be read.');
  let toml: unknown;
  try {
    toml = parse(content);
  } catch (error) {
    return invalidFile(file, `This is not valid TOML: ${messageOf(error)}`);
  }
  const parsed = schema.safeParse(toml);
  if (!parsed.success) return invalidFile(file, 'The file has an unexpected shape.');
  const { project, tool, 'build-system': buildSystem } = parsed.data;
  const poetryPython = tool?.poetry?.dependencies.python;
  return succeeded({
    hasProject: Boolean(project),
    requiresPython: project?.['requires-python'] ?? (typeof poetryPython === 'string' ? poetryPython : null),
    dependencies: project?.dependencies ?? poetryDependencies(tool?.poetry?.dependencies),
    scripts: Object.keys(project?.scripts ?? {}).filter((name) => /^[\w.-]+$/.test(name)),
    hasBuildSystem: buildSystem !== undefined,
    usesUv: tool?.uv !== undefined,
    usesPoetry: Boolean(tool?.poetry),
  });
}

const poetryDependencies = (table: Record<string, unknown> | undefined): string[] | null =>
  table ? Object.keys(table).filter((name) => name !== 'python') : null;
