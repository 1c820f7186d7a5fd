import { Hono } from 'hono';
import { type CommitQuery, countCommits, listCommits, readCommit } from '../../git/commits.ts';
import { compare } from '../../git/compare.ts';
import { changedFiles, emptyTree } from '../../git/diff.ts';
import { defaultBranch, listBranches, resolveCommit } from '../../git/refs.ts';
import { cleanPath } from '../../git/tree.ts';
import { sameName } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import { presentCommit, presentFile } from '../present/commit.ts';
import type { Repository } from '../repositories.ts';
import { type ApiContext, type ApiEnvironment, readableRepository } from './environment.ts';
import { GitHubError, notFound } from './errors.ts';
import { readPage, setLinks } from './pagination.ts';

const mostFiles = 300;

export function commitRoutes(github: GitHub): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();

  routes.get('/repos/:owner/:repo/commits', async (context) => {
    const repository = await readableRepository(github, context);
    const query = await readCommitQuery(context, repository);
    const page = readPage(context);
    setLinks(context, github.webUrl, await countCommits(repository.directory, query));
    const commits = await listCommits(repository.directory, { ...query, skip: page.skip, limit: page.size });
    return context.json(commits.map((commit) => presentCommit(github, repository, commit)));
  });

  routes.get('/repos/:owner/:repo/commits/:ref{.+}', async (context) => {
    const repository = await readableRepository(github, context);
    const ref = context.req.param('ref');
    const sha = await resolveCommit(repository.directory, ref);
    if (sha === null) throw new GitHubError(422, `No commit found for SHA: ${ref.slice(0, 200)}`);
    if (/application\/vnd\.github\.(v3\.)?sha/.test(context.req.header('accept') ?? '')) return context.text(sha);
    const commit = await readCommit(repository.directory, sha);
    const files = await changedFiles(repository.directory, commit.parents[0] ?? emptyTree, sha);
    const [additions, deletions] = [sum(files, 'additions'), sum(files, 'deletions')];
    return context.json({
      ...presentCommit(github, repository, commit),
      stats: { total: additions + deletions, additions, deletions },
      files: files.slice(0, mostFiles).map((file) => presentFile(github, repository, sha, file)),
    });
  });

  routes.get('/repos/:owner/:repo/compare/:basehead{.+}', async (context) => {
    const repository = await readableRepository(github, context);
    const [base, head, ...more] = context.req.param('basehead').split('...');
    if (base === undefined || head === undefined || more.length > 0) throw notFound();
    const [from, to] = await Promise.all([resolveSide(repository, base), resolveSide(repository, head)]);
    return context.json(await presentComparison(github, repository, from, to));
  });
  return routes;
}

async function presentComparison(github: GitHub, repository: Repository, from: string, to: string) {
  const comparison = await compare(repository.directory, from, to);
  if (!comparison) throw new GitHubError(404, 'No common ancestor between these commits.');
  const { mergeBase, aheadBy, behindBy, commits, files } = comparison;
  const path = `${repository.owner}/${repository.name}/compare/${from}...${to}`;
  const read = async (sha: string) => presentCommit(github, repository, await readCommit(repository.directory, sha));
  return {
    url: `${github.apiUrl}/repos/${path}`,
    html_url: `${github.webUrl}/${path}`,
    permalink_url: `${github.webUrl}/${path}`,
    diff_url: `${github.webUrl}/${path}.diff`,
    patch_url: `${github.webUrl}/${path}.patch`,
    base_commit: await read(from),
    merge_base_commit: await read(mergeBase),
    status: statusOf(aheadBy, behindBy),
    ahead_by: aheadBy,
    behind_by: behindBy,
    total_commits: aheadBy,
    commits: commits.map((commit) => presentCommit(github, repository, commit)),
    files: files.slice(0, mostFiles).map((file) => presentFile(github, repository, to, file)),
  };
}

function statusOf(aheadBy: number, behindBy: number): string {
  if (aheadBy > 0) return behindBy > 0 ? 'diverged' : 'ahead';
  return behindBy > 0 ? 'behind' : 'identical';
}

/** One side of `a...b`; `owner:branch` is taken where it names this very repository. */
async function resolveSide(repository: Repository, side: string): Promise<string> {
  const [owner, branch] = side.includes(':') ? side.split(':') : [repository.owner, side];
  const own = sameName(owner ?? '', repository.owner);
  const sha = own ? await resolveCommit(repository.directory, branch ?? '') : null;
  if (sha === null) throw notFound();
  return sha;
}

async function readCommitQuery(context: ApiContext, repository: Repository): Promise<CommitQuery> {
  const ref = context.req.query('sha') ?? (await defaultBranch(repository.directory));
  const head = await resolveCommit(repository.directory, ref);
  if (head === null) {
    const empty = (await listBranches(repository.directory)).length === 0;
    throw empty ? new GitHubError(409, 'Git Repository is empty.') : notFound();
  }
  const path = cleanPath(context.req.query('path') ?? '');
  if (path === null) throw new GitHubError(422, 'path contains a malformed path component');
  const [since, until] = [readDate(context.req.query('since')), readDate(context.req.query('until'))];
  return { head, ...(path === '' ? {} : { path }), ...(since ? { since } : {}), ...(until ? { until } : {}) };
}

function readDate(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new GitHubError(422, 'Invalid date');
  return date;
}

function sum(files: readonly { additions: number; deletions: number }[], key: 'additions' | 'deletions'): number {
  return files.reduce((total, file) => total + file[key], 0);
}
