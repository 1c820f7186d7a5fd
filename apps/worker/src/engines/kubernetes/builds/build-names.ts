import type { DeploymentId, InstanceId } from '@zarpa/contracts';

export const sourceContainer = 'source';
export const buildContainer = 'build';

export const registrySecretName = 'build-registry';
export const policyName = (namespacePrefix: string): string => `${namespacePrefix}-builds`;

/** Where things are inside the pod of a build. */
export const folders = {
  /** Our programs and configuration. */
  program: '/program',
  /** The source and its plan. */
  work: '/work',
  /** The registry's credentials; mounted into BuildKit's container alone. */
  registry: '/registry',
  state: '/var/lib/buildkit',
  sockets: '/run',
  temporary: '/tmp',
} as const;

export const jobName = (deploymentId: DeploymentId): string => `build-${deploymentId.replace('_', '-')}`;

/** An instance's images, without tag or digest. */
export const repositoryOf = (registry: { host: string; path: string }, instanceId: InstanceId): string =>
  [registry.host, registry.path, instanceId].filter((part) => part !== '').join('/');

export const cacheTag = 'cache';

/** Of an image: its build plan, JSON in base 64. */
export const planLabel = 'dev.zarpa.build-plan';
