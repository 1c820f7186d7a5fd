import type { BuildPlanResult } from '@zarpa/build-plan';
import type { CommandOverrides } from '@zarpa/contracts';
import { planOf, type SourceFiles } from '../../source/source-files.ts';

export interface LocalPlan {
  readonly result: BuildPlanResult;
  /** The repository has a Dockerfile, which this engine cannot use, but is recognised without it as well. */
  readonly withoutDockerfile: boolean;
}

/** The plan for a machine without containers: a repository's own Dockerfile is left out where the rest says enough. */
export function planLocally(source: SourceFiles, rootDirectory: string, overrides: CommandOverrides): LocalPlan {
  const asIs = planOf(source, source.paths, rootDirectory, overrides);
  if (!asIs.ok || asIs.plan.runtime !== 'docker') return { result: asIs, withoutDockerfile: false };
  const dockerfile = rootDirectory === '' ? 'Dockerfile' : `${rootDirectory}/Dockerfile`;
  const paths = source.paths.filter((path) => path !== dockerfile);
  const result = planOf(source, paths, rootDirectory, overrides);
  return result.ok ? { result, withoutDockerfile: true } : { result: asIs, withoutDockerfile: false };
}
