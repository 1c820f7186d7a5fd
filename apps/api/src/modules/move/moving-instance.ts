import type { ClusterId, DesiredState, InstanceId } from '@zarpa/contracts';
import type { Seen } from './move.ts';

/** What a move reads of its instance. */
export interface MovingInstance {
  readonly instanceId: InstanceId;
  readonly clusterId: ClusterId;
  readonly desiredState: DesiredState;
  readonly memoryMb: number;
  readonly seen: Seen;
}
