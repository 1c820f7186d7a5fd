import { BuildPlan, DeploymentId, type DeploymentProgress, type DesiredInstance, SealedBox } from '@zarpa/contracts';
import { z } from 'zod';

/** A version that can be started: where its result lies, and the snapshot it was made with. */
export const Version = z.object({
  deploymentId: DeploymentId,
  artifact: z.string(),
  buildPlan: BuildPlan,
  environment: SealedBox,
});
export type Version = z.infer<typeof Version>;

/** A version that is no longer the current one: what it printed may still be read again, and must be masked. */
export const FormerEnvironment = z.object({ deploymentId: DeploymentId, environment: SealedBox });
export type FormerEnvironment = z.infer<typeof FormerEnvironment>;

/** What every engine keeps of an instance. */
export interface Kept {
  readonly desired: DesiredInstance;
  readonly progress: DeploymentProgress | null;
  /** Ends of the deployments before, newest first: told again by the next worker, in case nobody heard. */
  readonly replaced: DeploymentProgress[];
  /** The version that runs or ran last. */
  readonly current: Version | null;
  readonly formerEnvironments: FormerEnvironment[];
  /** When it crashed, as long as that counts. */
  readonly crashes: number[];
  readonly restarts: number;
  readonly nextStartAt: number | null;
  readonly gaveUp: boolean;
}

const formerEnvironmentsKept = 10;

/** The newest deployment's version, once it is published; before that null. */
export function publishedVersion({ desired, progress }: Kept): Version | null {
  const { deployment } = desired;
  if (deployment === null || progress === null || progress.deploymentId !== deployment.deploymentId) return null;
  const { deploymentId, artifact, buildPlan } = progress;
  if (artifact === null || buildPlan === null) return null;
  return { deploymentId, artifact, buildPlan, environment: deployment.environment };
}

/** The version that should run: the newest one that can, else the one before. */
export const targetVersion = (kept: Kept): Version | null => publishedVersion(kept) ?? kept.current;

/** Pure: another version is the current one from now on. */
export function versionChanged(
  { current, formerEnvironments }: Kept,
  version: Version,
): Partial<Pick<Kept, 'current' | 'restarts' | 'formerEnvironments'>> {
  if (current?.deploymentId === version.deploymentId) return {};
  if (current === null) return { current: version, restarts: 0 };
  const { deploymentId, environment } = current;
  const former = [{ deploymentId, environment }, ...formerEnvironments].slice(0, formerEnvironmentsKept);
  return { current: version, restarts: 0, formerEnvironments: former };
}
