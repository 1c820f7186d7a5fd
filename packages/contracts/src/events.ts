import { z } from 'zod';
import { ClusterId, DeploymentId, InstanceId } from './ids.ts';
import { MetricAverage } from './metrics.ts';
import { DeploymentProgress, ObservedInstance } from './observed.ts';
import { EpochMs } from './primitives.ts';

const envelope = { version: z.literal(1), workerId: z.string().min(1).max(100), clusterId: ClusterId };

export const InstanceObserved = z.object({ ...envelope, observed: ObservedInstance });
export type InstanceObserved = z.infer<typeof InstanceObserved>;

export const DeploymentProgressed = z.object({ ...envelope, progress: DeploymentProgress });
export type DeploymentProgressed = z.infer<typeof DeploymentProgressed>;

/** A finished build's output, masked: gzip, then base64. The middle is left out where it is longer than `buildLogMaxBytes`. */
export const DeploymentLogged = z.object({
  ...envelope,
  deploymentId: DeploymentId,
  instanceId: InstanceId,
  gzippedJsonLines: z.base64(),
  lineCount: z.int().nonnegative(),
  truncated: z.boolean(),
});
export type DeploymentLogged = z.infer<typeof DeploymentLogged>;
export const buildLogMaxBytes = 1_000_000;

/** Rows of `0` (light) and `1` (dark), square, without quiet zone. */
export const QrMatrix = z
  .array(z.string().regex(/^[01]+$/))
  .min(21)
  .max(177)
  .refine((rows) => rows.every((row) => row.length === rows.length), 'must be square')
  .meta({ id: 'QrMatrix' });
export type QrMatrix = z.infer<typeof QrMatrix>;

/** The newest QR code that a bot printed, or null once it connected, stopped, or printed that it expired. */
export const InstanceQr = z.object({
  ...envelope,
  instanceId: InstanceId,
  deploymentId: DeploymentId.nullable(),
  matrix: QrMatrix.nullable(),
  /** Position of the code's last line in the log; newer wins. */
  logId: z.string(),
  seenAt: EpochMs,
});
export type InstanceQr = z.infer<typeof InstanceQr>;

/**
 * Everything that an engine runs or keeps, of the whole cluster whichever of its workers sends it. Sent every 30 s; repairs whatever a lost
 * event left wrong. What was written in the engine until `takenAt` must be in it: a cache that is behind says the time that it is behind to.
 */
export const ClusterInventory = z.object({
  ...envelope,
  engine: z.enum(['local', 'kubernetes']),
  takenAt: EpochMs,
  instances: z.array(z.object({ observed: ObservedInstance, progress: DeploymentProgress.nullable() })),
});
export type ClusterInventory = z.infer<typeof ClusterInventory>;

const Amount = z.object({ total: z.int().nonnegative(), free: z.int().nonnegative() });

/** What a cluster has for bots, and how much of that no pod has asked for yet. */
export const ClusterCapacity = z.object({ memoryMb: Amount, cpuMillis: Amount, pods: Amount });
export type ClusterCapacity = z.infer<typeof ClusterCapacity>;

/** Something that a cluster can do or cannot, such as `pod_resize`. */
export const ClusterAbility = z.object({
  name: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/),
  status: z.enum(['available', 'missing', 'unknown']),
  /** For the operator: what is done instead, or what to do about it. */
  detail: z.string().max(500).nullable(),
});
export type ClusterAbility = z.infer<typeof ClusterAbility>;

/** What a cluster is, can do and has room for. Sent at the worker's start and every 30 s by each worker; the newest counts. */
export const ClusterReported = z.object({
  ...envelope,
  engine: z.enum(['local', 'kubernetes']),
  /** Of what the engine drives, such as `v1.36.0`. */
  engineVersion: z.string().max(100).nullable(),
  abilities: z.array(ClusterAbility).max(100),
  /** Null where the engine does not know. */
  capacity: ClusterCapacity.nullable(),
  reportedAt: EpochMs,
});
export type ClusterReported = z.infer<typeof ClusterReported>;

/** Averages of one five-minute bucket. */
export const MetricsRolledUp = z.object({
  ...envelope,
  bucketStart: EpochMs,
  instances: z.array(z.object({ instanceId: InstanceId, average: MetricAverage })),
});
export type MetricsRolledUp = z.infer<typeof MetricsRolledUp>;

/** Worker -> API. */
export const eventCatalog = {
  'instance.observed': InstanceObserved,
  'deployment.progressed': DeploymentProgressed,
  'deployment.logged': DeploymentLogged,
  'instance.qr': InstanceQr,
  'cluster.inventory': ClusterInventory,
  'cluster.reported': ClusterReported,
  'metrics.rolled_up': MetricsRolledUp,
} as const;
export type EventName = keyof typeof eventCatalog;
