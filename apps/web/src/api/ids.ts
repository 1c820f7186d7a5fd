import type { DeploymentId, InstanceId } from '@zarpa/contracts';

/** An id out of the address bar. The API checks it: a wrong one is answered by `not_found`. */
export const asInstanceId = (id: string): InstanceId => id as InstanceId;
/** As `asInstanceId`. */
export const asDeploymentId = (id: string): DeploymentId => id as DeploymentId;
