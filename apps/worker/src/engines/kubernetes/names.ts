import type { DeploymentId, InstanceId } from '@zarpa/contracts';

/** Labels and annotations that the engine gives to what it makes. */
export const label = {
  /** What kind of thing of ours it is: `record`, `bot`, `build`, `shard`, `environment`, `volume`, `transfer`. */
  part: 'zarpa.dev/part',
  instance: 'zarpa.dev/instance',
  deployment: 'zarpa.dev/deployment',
  /** Which run of a bot: changes with its version and with each restart that its owner asks for. */
  run: 'zarpa.dev/run',
} as const;

export const annotation = {
  generation: 'zarpa.dev/generation',
  /** Of the record that the object follows from. */
  revision: 'zarpa.dev/revision',
  restart: 'zarpa.dev/restart-revision',
  storage: 'zarpa.dev/storage-mb',
} as const;

/** Value of `part` of a transfer. */
export const transferPart = 'transfer';

/** Holds a pod until its log is read. */
export const logFinalizer = 'zarpa.dev/log';

const toName = (id: string): string => id.replace('_', '-');

/** Of an instance's StatefulSet and record. */
export const instanceName = (instanceId: InstanceId): string => toName(instanceId);
export const podName = (instanceId: InstanceId): string => `${toName(instanceId)}-0`;
export const volumeClaimName = (instanceId: InstanceId): string => `data-${toName(instanceId)}`;
/** Of the Job that carries its data, and of what goes with that. */
export const transferName = (instanceId: InstanceId): string => `transfer-${toName(instanceId)}`;
export const environmentName = (deploymentId: DeploymentId): string => `env-${toName(deploymentId)}`;

/** The namespaces of one engine. */
export interface Namespaces {
  /** Records, leases, the build queue. */
  readonly engine: string;
  readonly builds: string;
  shard(number: number): string;
}

export const namespacesOf = (prefix: string): Namespaces => ({
  engine: `${prefix}-engine`,
  builds: `${prefix}-builds`,
  shard: (number) => `${prefix}-bots-${String(number).padStart(2, '0')}`,
});
