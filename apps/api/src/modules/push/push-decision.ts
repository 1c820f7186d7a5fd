import type { PushView } from '@zarpa/contracts';
import type { InstanceRow } from '../instance/instance-row.ts';
import type { PushEvent } from './push-event.ts';

export type Skip = Extract<PushView['outcome'], `skipped_${string}`>;

type Follower = Pick<InstanceRow, 'desiredState' | 'autoDeploy' | 'branch'>;

/** Why a push means nothing to an instance, before GitHub is asked; null where it may. */
export function skipOf(row: Follower, push: Pick<PushEvent, 'branch'> | null): Skip | null {
  if (push && push.branch !== row.branch) return 'skipped_other_branch';
  if (row.desiredState === 'deleted' || row.desiredState === 'purged') return 'skipped_deleted';
  if (!row.autoDeploy) return 'skipped_auto_deploy_off';
  if (row.desiredState === 'paused') return 'skipped_paused';
  return null;
}

/** The commit of the newest attempt. */
export const deployedCommit = (row: Pick<InstanceRow, 'newerDeployment' | 'currentDeployment'>): string | undefined =>
  (row.newerDeployment ?? row.currentDeployment)?.commit.sha;
