import { Injectable } from '@nestjs/common';
import type { CommitView, CreateDeployment } from '@zarpa/contracts';
import { DomainError } from '../../problems/domain-error.ts';
import { ownFieldText } from '../../problems/field-text.ts';
import { Github } from '../github/index.ts';
import type { InstanceRow } from '../instance/index.ts';

/** Which commit a deployment is of. */
@Injectable()
export class CommitLookup {
  constructor(private readonly github: Github) {}

  async find(instance: InstanceRow, { commitSha, reuseArtifact }: CreateDeployment): Promise<CommitView> {
    if (reuseArtifact) return this.running(instance, commitSha);
    const repository = await this.github.repositoryOf(instance);
    if (commitSha !== null) return repository.commit(commitSha);
    const head = await repository.branchHead(instance.branch);
    if (head === 'unchanged') throw new Error('GitHub answered 304 to an unconditional request');
    return head.commit;
  }

  /** The commit in operation; of another branch, once the owner chose that, its newest. */
  private running(instance: InstanceRow, commitSha: string | null): Promise<CommitView> | CommitView {
    const current = instance.currentDeployment;
    if (!current) throw new DomainError('instance_not_deployed');
    if (current.branch !== instance.branch) return this.find(instance, { commitSha, reuseArtifact: false });
    if (commitSha !== null && commitSha !== current.commit.sha) {
      throw new DomainError('invalid_input', {
        errors: [
          { path: 'commitSha', text: ownFieldText('must be the commit in operation where reuseArtifact is set') },
        ],
      });
    }
    return current.commit;
  }
}
