import { z } from 'zod';
import { BuildPlan } from './build-plan.ts';
import { ClusterId, DeploymentId, InstanceId, MoveId } from './ids.ts';
import { EpochMs } from './primitives.ts';
import { Reason } from './reasons.ts';

/**
 * What an instance is doing now.
 * `pending` nothing yet · `building` first version being built · `starting` · `running` · `backoff` crashed, starts again soon ·
 * `stopping` · `paused` · `stopped` gave up (crash loop) or ended by itself · `failed` no version could be put into operation ·
 * `deleted` stopped, data kept · `purged` gone.
 */
export const ObservedState = z
  .enum([
    'pending',
    'building',
    'starting',
    'running',
    'backoff',
    'stopping',
    'paused',
    'stopped',
    'failed',
    'deleted',
    'purged',
  ])
  .meta({ id: 'ObservedState' });
export type ObservedState = z.infer<typeof ObservedState>;

/** How far an engine is with what `DesiredInstance.data` asks. */
export const ObservedTransfer = z.object({
  moveId: MoveId,
  direction: z.enum(['export', 'import']),
  /** `done` and `failed` are final for this move and direction: asked again, the engine says the same again and does nothing. */
  status: z.enum(['running', 'done', 'failed']),
  /** For the operator: why it failed. Never secrets. */
  detail: z.string().max(500).nullable(),
});
export type ObservedTransfer = z.infer<typeof ObservedTransfer>;

export const ObservedInstance = z.object({
  instanceId: InstanceId,
  clusterId: ClusterId,
  /** Highest generation that the engine has taken up. */
  generation: z.int().nonnegative(),
  /** True once nothing is left to do for `generation` (also when its build failed). The API re-sends until then. */
  settled: z.boolean(),
  /** Raised by the engine at each change of this instance, kept across its restarts: newer wins. */
  revision: z.int().nonnegative(),
  state: ObservedState,
  reason: Reason.nullable(),
  /** The version that runs (or ran last), not one being built. */
  deploymentId: DeploymentId.nullable(),
  exitCode: z.int().nullable(),
  /** Crashes since this version was started. */
  restarts: z.int().nonnegative(),
  startedAt: EpochMs.nullable(),
  /** When `backoff` starts it again. */
  nextStartAt: EpochMs.nullable(),
  memoryLimitMb: z.int().positive().nullable(),
  /** The newest transfer that was asked for, kept until another one or a purge; absent or null where there was none. */
  transfer: ObservedTransfer.nullable().optional(),
  /** When the engine last changed this instance, by its own clock; reporting it again does not move it. */
  observedAt: EpochMs,
});
export type ObservedInstance = z.infer<typeof ObservedInstance>;

/** In this order: Buscar, Planejar, Construir, Publicar, Iniciar, Primeira linha. */
export const stepNames = ['fetch', 'plan', 'build', 'publish', 'start', 'first_line'] as const;
export const StepName = z.enum(stepNames).meta({ id: 'StepName' });
export type StepName = z.infer<typeof StepName>;

export const DeploymentStep = z.object({
  name: StepName,
  status: z.enum(['waiting', 'running', 'done', 'failed', 'skipped']),
  startedAt: EpochMs.nullable(),
  finishedAt: EpochMs.nullable(),
});
export type DeploymentStep = z.infer<typeof DeploymentStep>;

export const DeploymentStatus = z
  .enum(['queued', 'building', 'starting', 'succeeded', 'failed', 'superseded', 'cancelled'])
  .meta({ id: 'DeploymentStatus' });
export type DeploymentStatus = z.infer<typeof DeploymentStatus>;

/** A deployment's whole progress, sent again at each change: a lost one is made good by the next. */
export const DeploymentProgress = z.object({
  deploymentId: DeploymentId,
  instanceId: InstanceId,
  generation: z.int().positive(),
  revision: z.int().nonnegative(),
  status: DeploymentStatus,
  reason: Reason.nullable(),
  steps: z.array(DeploymentStep).max(stepNames.length),
  buildPlan: BuildPlan.nullable(),
  /** Engine's name of the result; null until published. */
  artifact: z.string().max(500).nullable(),
  artifactBytes: z.int().nonnegative().nullable(),
  startedAt: EpochMs.nullable(),
  finishedAt: EpochMs.nullable(),
});
export type DeploymentProgress = z.infer<typeof DeploymentProgress>;

/** A final status never changes again. */
export const isFinal = (status: DeploymentStatus): boolean =>
  status === 'succeeded' || status === 'failed' || status === 'superseded' || status === 'cancelled';
