import { z } from 'zod';
import { CommandOverrides } from './build-plan.ts';
import { ClusterId, DeploymentId, InstanceId, OwnerId, PlanId } from './ids.ts';
import { CommitSha, EpochMs, RepositoryName, RootDirectory, SealedBox } from './primitives.ts';

/** What a plan gives an instance. Memory and storage in MB (1,048,576 bytes), CPU in thousandths of a core. */
export const PlanLimits = z.object({
  planId: PlanId,
  memoryMb: z.int().positive(),
  cpuMillis: z.int().positive(),
  storageMb: z.int().positive(),
});
export type PlanLimits = z.infer<typeof PlanLimits>;

/** The version to operate: enough to build it, or to run it again from an artifact. */
export const DesiredDeployment = z.object({
  deploymentId: DeploymentId,
  source: z.object({
    kind: z.literal('repository'),
    repository: RepositoryName,
    commitSha: CommitSha,
    rootDirectory: RootDirectory,
    /** Answers with a redirect to the commit's tarball until `archiveExpiresAt`. */
    archiveUrl: z.url(),
    archiveExpiresAt: EpochMs,
  }),
  overrides: CommandOverrides,
  /** Engine's name of an artifact to run without building (rollback, redeploy); null builds. */
  artifact: z.string().max(500).nullable(),
  /** Sealed JSON object of name -> value, additional data = the deployment's id. */
  environment: SealedBox,
});
export type DesiredDeployment = z.infer<typeof DesiredDeployment>;

/**
 * `deleted` stops the bot and keeps its data for the restore window; `purged` removes everything, for good.
 */
export const DesiredState = z.enum(['running', 'paused', 'deleted', 'purged']).meta({ id: 'DesiredState' });
export type DesiredState = z.infer<typeof DesiredState>;

/** Everything that an engine must know to bring one instance to where its owner wants it. Any one, alone, is enough. */
export const DesiredInstance = z.object({
  instanceId: InstanceId,
  ownerId: OwnerId,
  clusterId: ClusterId,
  /** Raised by each change; an engine drops what is older than what it has seen. */
  generation: z.int().positive(),
  state: DesiredState,
  /** Raised by each restart that the owner asks for; a running bot with a lower one is restarted once. */
  restartRevision: z.int().nonnegative(),
  limits: PlanLimits,
  deployment: DesiredDeployment.nullable(),
});
export type DesiredInstance = z.infer<typeof DesiredInstance>;
