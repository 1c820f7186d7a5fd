import type { Content } from '../../git/languages.ts';
import { measureContent } from '../../git/languages.ts';
import { defaultBranch, lastPushedAt, resolveCommit } from '../../git/refs.ts';
import { accountOf } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import { belongsTo, type Principal } from '../principal.ts';
import type { Repository } from '../repositories.ts';
import { nodeId, presentAccount, timestamp } from './account.ts';

const measured = new Map<string, Promise<Content>>();

/** GitHub's repository object for one reader. */
export async function presentRepository(
  github: Pick<GitHub, 'webUrl' | 'apiUrl'>,
  repository: Repository,
  reader: Principal,
) {
  const branch = await defaultBranch(repository.directory);
  const [content, pushedAt] = await Promise.all([contentOf(repository, branch), lastPushedAt(repository.directory)]);
  const fullName = `${repository.owner}/${repository.name}`;
  const owns = belongsTo(reader, repository);
  const lastChange = timestamp(pushedAt ?? repository.createdAt);
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: fullName,
    private: repository.private,
    owner: presentAccount(github, accountOf(repository.owner)),
    description: repository.description,
    fork: false,
    ...addresses(github, fullName),
    created_at: timestamp(repository.createdAt),
    updated_at: lastChange,
    pushed_at: lastChange,
    homepage: null,
    size: Math.ceil(content.totalBytes / 1_024),
    language: Object.keys(content.languages)[0] ?? null,
    ...unused,
    visibility: repository.private ? 'private' : 'public',
    default_branch: branch,
    ...(reader.kind === 'anonymous'
      ? {}
      : { permissions: { admin: owns, maintain: owns, push: owns, triage: owns, pull: true } }),
  };
}

/** Measured once per commit: a list of repositories must not read every tree each time. */
export async function contentOf(repository: Repository, branch: string): Promise<Content> {
  const sha = await resolveCommit(repository.directory, `refs/heads/${branch}`);
  if (sha === null) return { languages: {}, totalBytes: 0 };
  const content = measured.get(sha) ?? measureContent(repository.directory, sha);
  if (measured.size > 1_000) measured.clear();
  measured.set(sha, content);
  content.catch(() => measured.delete(sha));
  return content;
}

const unused = {
  stargazers_count: 0,
  watchers_count: 0,
  watchers: 0,
  forks_count: 0,
  forks: 0,
  open_issues_count: 0,
  open_issues: 0,
  has_issues: false,
  has_projects: false,
  has_downloads: true,
  has_wiki: false,
  has_pages: false,
  has_discussions: false,
  mirror_url: null,
  archived: false,
  disabled: false,
  license: null,
  allow_forking: true,
  is_template: false,
  web_commit_signoff_required: false,
  topics: [],
};

function addresses({ webUrl, apiUrl }: Pick<GitHub, 'webUrl' | 'apiUrl'>, fullName: string) {
  const url = `${apiUrl}/repos/${fullName}`;
  const htmlUrl = `${webUrl}/${fullName}`;
  return {
    html_url: htmlUrl,
    url,
    archive_url: `${url}/{archive_format}{/ref}`,
    branches_url: `${url}/branches{/branch}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    languages_url: `${url}/languages`,
    trees_url: `${url}/git/trees{/sha}`,
    clone_url: `${htmlUrl}.git`,
    git_url: `${htmlUrl.replace(/^\w+:/, 'git:')}.git`,
    svn_url: htmlUrl,
  };
}
