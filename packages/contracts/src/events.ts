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

/** Everything that an engine runs or keeps. Sent every 30 s; repairs whatever a lost event left wrong. */
export const ClusterInventory = z.object({
  ...envelope,
  engine: z.enum(['local', 'kubernetes']),
  takenAt: EpochMs,
  instances: z.array(z.object({ observed: ObservedInstance, progress: DeploymentProgress.nullable() })),
});
export type ClusterInventory = z.infer<typeof ClusterInventory>;

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
  'metrics.rolled_up': MetricsRolledUp,
} as const;
export type EventName = keyof typeof eventCatalog;
