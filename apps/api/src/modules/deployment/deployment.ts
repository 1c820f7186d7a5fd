import type { CommandOverrides, DeploymentStatus } from '@zarpa/contracts';

/** A deployment is one of these until its status is final. */
export const unfinishedStatuses = ['queued', 'building', 'starting'] as const satisfies readonly DeploymentStatus[];

interface Version {
  readonly status: DeploymentStatus;
  readonly artifact: string | null;
}

/** Whether its artifact can be run again without a build. */
export const isRestorable = ({ status, artifact }: Version): boolean => status === 'succeeded' && artifact !== null;

/** What a deployment was made of, or what the next one would be made of. */
export interface Recipe {
  readonly branch: string;
  readonly rootDirectory: string;
  readonly overrides: CommandOverrides;
  readonly variableVersions: Readonly<Record<string, string>>;
}

/** Whether the same commit would be built in another way. */
export const buildsDifferently = (left: Recipe, right: Recipe): boolean =>
  left.branch !== right.branch ||
  left.rootDirectory !== right.rootDirectory ||
  left.overrides.install !== right.overrides.install ||
  left.overrides.build !== right.overrides.build ||
  left.overrides.start !== right.overrides.start;

export const differs = (left: Recipe, right: Recipe): boolean =>
  buildsDifferently(left, right) || !sameVersions(left.variableVersions, right.variableVersions);

function sameVersions(left: Recipe['variableVersions'], right: Recipe['variableVersions']): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
}
