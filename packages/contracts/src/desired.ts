import { z } from 'zod';
import { CommandOverrides } from './build-plan.ts';
import { ClusterId, DeploymentId, InstanceId, MoveId, OwnerId, PlanId } from './ids.ts';
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

/** Where an instance's data go to or come from: a tar stream, compressed with gzip, of what is in its volume. */
export const DataAddress = z.object({
  moveId: MoveId,
  /** Takes a `PUT` (export) or answers a `GET` (import), whole or not at all, until `expiresAt`. */
  url: z.url(),
  expiresAt: EpochMs,
});
export type DataAddress = z.infer<typeof DataAddress>;

/**
 * What to do with the volume of an instance that moves to another cluster; at most one of the two. Only where `state` is `paused`,
 * and only once nothing of the bot runs. The instance is not `settled` before the transfer is `done` or `failed`.
 */
export const DesiredData = z.object({
  /** Send the volume's content there. A volume that does not exist is sent as an empty archive; the volume stays as it is. */
  export: DataAddress.nullable(),
  /** Make the volume's content what comes from there. Refused (`failed`) for a volume that a bot has run on in this cluster. */
  import: DataAddress.nullable(),
});
export type DesiredData = z.infer<typeof DesiredData>;

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
  /** Absent where the data stay where they are. Sent to `kubernetes` clusters alone. */
  data: DesiredData.optional(),
});
export type DesiredInstance = z.infer<typeof DesiredInstance>;
