import { Inject, Injectable } from '@nestjs/common';
import { Octokit } from '@octokit/rest';
import { RepositoryName, type RepositoryPage, type RepositoryPath } from '@zarpa/contracts';
import { isoOrNull } from '../../platform/time.ts';
import { DomainError } from '../../problems/domain-error.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { OwnerScope } from '../session/index.ts';
import { askAsOwner } from './ask-as-owner.ts';
import { GithubApp } from './github-app.ts';
import { githubError } from './github-error.ts';
import { GithubRepository } from './github-repository.ts';
import { GithubTokenRefresh } from './github-token-refresh.ts';
import { octokitOptions } from './octokit-options.ts';

const pageSize = 30;
const searchedRepositories = 1_000;

/** `owner/name` in its two parts. */
export function repositoryPath(repository: string): RepositoryPath {
  const [owner = '', name = ''] = repository.split('/', 2);
  return { owner, name };
}

/** GitHub in the name of an owner: with the account that they linked, else what is public. */
@Injectable()
export class Github {
  constructor(
    private readonly tokens: GithubTokenRefresh,
    private readonly app: GithubApp,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async repository(scope: OwnerScope, path: RepositoryPath): Promise<GithubRepository> {
    const token = await this.tokens.token(scope);
    const octokit =
      token === null ? this.octokit(await this.app.tokenForPublic(path)) : this.octokitOfOwner(scope, token);
    return new GithubRepository(octokit, path);
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

  /**
   * The account's repositories and those of its organizations, last pushed first. GitHub's own search knows nothing of who may see
   * what through an organization, so a search filters the list, as far as `searchedRepositories` reach.
   */
  async repositories(scope: OwnerScope, search: string | undefined, page: number): Promise<RepositoryPage> {
    const token = await this.tokens.token(scope);
    if (token === null) throw new DomainError('github_not_connected');
    const octokit = this.octokitOfOwner(scope, token);
    try {
      const found = search
        ? await searchRepositories(octokit, search.toLowerCase(), page * pageSize)
        : (await octokit.rest.repos.listForAuthenticatedUser({ sort: 'pushed', page, per_page: pageSize })).data;
      const shown = search ? found.slice((page - 1) * pageSize) : found;
      const items = shown.filter(({ full_name }) => RepositoryName.safeParse(full_name).success).map(repositoryView);
      return { items, nextPage: shown.length === pageSize ? page + 1 : null };
    } catch (error) {
      throw githubError(error, 'repository_not_found');
    }
  }

  /** A token that GitHub refuses is refreshed, else its owner is asked to link the account once more, and what is public goes on without it. */
  private octokitOfOwner(scope: OwnerScope, token: string): Octokit {
    return askAsOwner(this.octokit(null), { token, next: (refused) => this.tokens.next(scope, refused) });
  }

  private octokit(token: string | null): Octokit {
    return new Octokit({ ...octokitOptions(this.settings.GITHUB_API_URL), ...(token !== null && { auth: token }) });
  }
}

/** Up to `wanted` repositories whose `owner/name` contains the text. */
async function searchRepositories(octokit: Octokit, text: string, wanted: number): Promise<GithubRepositoryData[]> {
  const pages = octokit.paginate.iterator(octokit.rest.repos.listForAuthenticatedUser, {
    sort: 'pushed',
    per_page: 100,
  });
  const found: GithubRepositoryData[] = [];
  let seen = 0;
  for await (const { data } of pages) {
    found.push(...data.filter(({ full_name }) => full_name.toLowerCase().includes(text)));
    seen += data.length;
    if (found.length >= wanted || seen >= searchedRepositories) break;
  }
  return found.slice(0, wanted);
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
