import type { CommitView, CreateDeployment } from '@zarpa/contracts';
import { DomainError } from '../../problems/domain-error.ts';
import type { InstanceRow } from '../instance/instance-row.ts';
import { isRedeployNeeded } from '../instance/instance-view.ts';
import { type Version, versionOf } from '../rollout/rollout.ts';
import { buildsDifferently } from './deployment.ts';

/** What a deployment that the owner asked for is made of. @throws DomainError where there is nothing to apply. */
export function nextVersion(row: InstanceRow, commit: CommitView, { reuseArtifact }: CreateDeployment): Version {
  const version = versionOf(row, commit);
  if (!reuseArtifact) return { ...version, trigger: 'manual' };
  const current = row.currentDeployment;
  if (!current) throw new DomainError('instance_not_deployed');
  if (!isRedeployNeeded(row)) throw new DomainError('nothing_to_apply');
  const sameBuild = commit.sha === current.commit.sha && !buildsDifferently(row, current);
  return { ...version, trigger: 'variables', reusedArtifact: sameBuild ? current.artifact : null };
}
