import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { DeploymentId, InstanceId, OwnerId, PushView } from '@zarpa/contracts';

/** What has been committed and an open page may want to know. */
export interface Changes {
  instance: [{ instanceId: InstanceId }];
  deployment: [{ deploymentId: DeploymentId }];
  push: [{ instanceId: InstanceId; ownerId: OwnerId; push: PushView }];
  removed: [{ instanceId: InstanceId; ownerId: OwnerId }];
}

/** Tells the rest of this process about committed changes. Nothing depends on a change being heard. */
@Injectable()
export class ChangeFeed extends EventEmitter<Changes> {}
