import { Inject, Injectable } from '@nestjs/common';
import { Octokit } from '@octokit/rest';
import { RepositoryName, type RepositoryPage, type RepositoryPath } from '@zarpa/contracts';
import { isoOrNull } from '../../platform/time.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { OwnerScope } from '../session/index.ts';
import { GithubAccountRepository } from './github-account.repository.ts';
import { GithubApp } from './github-app.ts';
import { githubError } from './github-error.ts';
import { GithubRepository } from './github-repository.ts';
import { octokitOptions } from './octokit-options.ts';

const pageSize = 30;

/** `owner/name` in its two parts. */
export function repositoryPath(repository: string): RepositoryPath {
  const [owner = '', name = ''] = repository.split('/', 2);
  return { owner, name };
}

/** GitHub in the name of an owner: with the account that they linked, else what is public. */
@Injectable()
export class Github {
  constructor(
    private readonly accounts: GithubAccountRepository,
    private readonly app: GithubApp,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async repository(scope: OwnerScope, path: RepositoryPath): Promise<GithubRepository> {
    const token = (await this.accounts.token(scope)) ?? (await this.app.tokenForPublic(path));
    return new GithubRepository(this.octokit(token), path);
  }

  /** For the platform's own work on an instance: with its owner's account. */
  repositoryOf(instance: { ownerId: InstanceOwner; repository: string }): Promise<GithubRepository> {
    return this.repository(OwnerScope.of(instance), repositoryPath(instance.repository));
  }

  async user(token: string): Promise<{ id: number; login: string; name: string | null; avatarUrl: string }> {
    try {
      const { data } = await this.octokit(token).rest.users.getAuthenticated();
      return { id: data.id, login: data.login, name: data.name ?? null, avatarUrl: data.avatar_url };
    } catch (error) {
      throw githubError(error, 'github_authorization_failed');
    }
  }

  /** The account's repositories, last pushed first; a search looks among all that GitHub lets the account see of it. */
  async repositories(token: string, login: string, search: string | undefined, page: number): Promise<RepositoryPage> {
    const { rest } = this.octokit(token);
    const paging = { page, per_page: pageSize };
    try {
      const found = search
        ? (await rest.search.repos({ q: `${search} in:name user:${login} fork:true`, ...paging })).data.items
        : (await rest.repos.listForAuthenticatedUser({ sort: 'pushed', ...paging })).data;
      const items = found.filter(({ full_name }) => RepositoryName.safeParse(full_name).success).map(repositoryView);
      return { items, nextPage: found.length === pageSize ? page + 1 : null };
    } catch (error) {
      throw githubError(error, 'repository_not_found');
    }
  }

  private octokit(token: string | null): Octokit {
    return new Octokit({ ...octokitOptions(this.settings.GITHUB_API_URL), ...(token !== null && { auth: token }) });
  }
}

type InstanceOwner = OwnerScope['ownerId'];

function repositoryView(repository: GithubRepositoryData): RepositoryPage['items'][number] {
  return {
    repository: repository.full_name,
    description: repository.description,
    private: repository.private,
    defaultBranch: repository.default_branch,
    language: repository.language ?? null,
    pushedAt: isoOrNull(repository.pushed_at ?? null),
    url: repository.html_url,
  };
}

interface GithubRepositoryData {
  readonly full_name: string;
  readonly description: string | null;
  readonly private: boolean;
  readonly default_branch: string;
  readonly language?: string | null;
  readonly pushed_at?: string | null;
  readonly html_url: string;
}
