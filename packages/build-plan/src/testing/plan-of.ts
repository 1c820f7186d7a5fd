import { BuildPlan, BuildPlanFailure, type CommandOverrides } from '@zarpa/contracts';
import { createBuildPlan } from '../create-build-plan.ts';
import { filesToRead } from '../files-to-read.ts';
import type { RepositoryFiles } from '../repository/repository-files.ts';

type Contents = Readonly<Record<string, string | object>>;

interface Options extends Partial<CommandOverrides> {
  rootDirectory?: string;
}

/** A repository of which only the files that were asked for can be read, as a caller loads it. */
export function repositoryOf(contents: Contents, rootDirectory = ''): RepositoryFiles {
  const paths = Object.keys(contents);
  const loaded = new Set(filesToRead(paths, rootDirectory));
  const texts = new Map(
    Object.entries(contents).map(([path, text]) => [path, typeof text === 'string' ? text : JSON.stringify(text)]),
  );
  return { paths, read: (path) => (loaded.has(path) ? texts.get(path) : undefined) };
}

function resultOf(contents: Contents, { rootDirectory = '', install = null, build = null, start = null }: Options) {
  const files = repositoryOf(contents, rootDirectory);
  return createBuildPlan({ files, rootDirectory, overrides: { install, build, start } });
}

/** The plan of a repository that must have one. */
export function planOf(contents: Contents, options: Options = {}): BuildPlan {
  const result = resultOf(contents, options);
  if (!result.ok) throw new Error(`No plan: ${JSON.stringify(result.failure)}`);
  return BuildPlan.parse(result.plan);
}

/** The failure of a repository that must have no plan. */
export function failureOf(contents: Contents, options: Options = {}): BuildPlanFailure {
  const result = resultOf(contents, options);
  if (result.ok) throw new Error(`A plan: ${result.plan.startCommand}`);
  return BuildPlanFailure.parse(result.failure);
}

export const codesOf = (plan: BuildPlan): string[] => plan.findings.map(({ code }) => code);

export const findingValue = (plan: BuildPlan, code: string): string | null | undefined =>
  plan.findings.find((finding) => finding.code === code)?.value;
