import { Injectable } from '@nestjs/common';
import type {
  BranchList,
  BranchQuery,
  CommitList,
  RepositoryPage,
  RepositoryPath,
  RepositoryQuery,
} from '@zarpa/contracts';
import { DomainError } from '../../problems/domain-error.ts';
import { Github, GithubAccountRepository } from '../github/index.ts';
import type { OwnerScope } from '../session/index.ts';

/** What an owner may choose from: repositories, branches, commits. */
@Injectable()
export class RepositoryService {
  constructor(
    private readonly github: Github,
    private readonly accounts: GithubAccountRepository,
  ) {}

  async list(scope: OwnerScope, { search, page }: RepositoryQuery): Promise<RepositoryPage> {
    const token = await this.accounts.token(scope);
    if (token === null) throw new DomainError('github_not_connected');
    return this.github.repositories(token, search?.toWellFormed(), page);
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
