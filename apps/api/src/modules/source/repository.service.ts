import { Injectable } from '@nestjs/common';
import type {
  BranchList,
  BranchQuery,
  CommitList,
  RepositoryPage,
  RepositoryPath,
  RepositoryQuery,
} from '@zarpa/contracts';
import { Github } from '../github/index.ts';
import type { OwnerScope } from '../session/index.ts';

/** What an owner may choose from: repositories, branches, commits. */
@Injectable()
export class RepositoryService {
  constructor(private readonly github: Github) {}

  list(scope: OwnerScope, { search, page }: RepositoryQuery): Promise<RepositoryPage> {
    return this.github.repositories(scope, search?.toWellFormed(), page);
  }

  async branches(scope: OwnerScope, path: RepositoryPath): Promise<BranchList> {
    const repository = await this.github.repository(scope, path);
    const [defaultBranch, items] = await Promise.all([repository.defaultBranch(), repository.branches()]);
    return { defaultBranch, items };
  }

  async commits(scope: OwnerScope, path: RepositoryPath, { branch }: BranchQuery): Promise<CommitList> {
    const repository = await this.github.repository(scope, path);
    return { items: await repository.commits(branch) };
  }
}
