import type { ClusterId, CommandOverrides, InstanceId, PlanId } from '@zarpa/contracts';

/** What the owner may change about where an instance's code comes from. */
export interface SourceSettings {
  readonly name: string;
  readonly branch: string;
  readonly rootDirectory: string;
  readonly autoDeploy: boolean;
  readonly overrides: CommandOverrides;
}

export interface NewInstance extends SourceSettings {
  readonly instanceId: InstanceId;
  readonly clusterId: ClusterId;
  readonly planId: PlanId;
  readonly repository: string;
  readonly branchHeadSha: string;
}
