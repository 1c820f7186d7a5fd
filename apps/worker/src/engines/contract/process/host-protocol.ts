import type { DeploymentId, DeploymentProgress, DesiredInstance, InstanceId, ObservedInstance } from '@zarpa/contracts';

/** What a test asks of a worker's engine in another process. */
export type HostCall =
  | { readonly method: 'reconcile'; readonly desired: DesiredInstance }
  | { readonly method: 'inventory' | 'sample' }
  | { readonly method: 'runLog'; readonly instanceId: InstanceId }
  | { readonly method: 'buildLog'; readonly instanceId: InstanceId; readonly deploymentId: DeploymentId }
  | { readonly method: 'close'; readonly stopBots: boolean };

export type HostRequest = HostCall & { readonly id: number };

export type HostAnswer =
  | { readonly opened: true }
  | { readonly observed: ObservedInstance }
  | { readonly progress: DeploymentProgress }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string };
