import type { Octokit } from '@octokit/rest';
import type { CommitView, ProblemCode, RepositoryPath } from '@zarpa/contracts';
import { commitView } from './commit-view.ts';
import { githubError } from './github-error.ts';

/** A branch's newest commit; `unchanged` where GitHub's answer is still the one of the ETag. */
export type BranchHead = { readonly commit: CommitView; readonly etag: string | null } | 'unchanged';

const largestFileBytes = 512 * 1024;

/** One repository as its reader may see it: a private one that the token does not open is not there. */
export class GithubRepository {
  private readonly path: { owner: string; repo: string };

  constructor(
    private readonly octokit: Octokit,
    { owner, name }: RepositoryPath,
  ) {
    this.path = { owner, repo: name };
  }

  async defaultBranch(): Promise<string> {
    const { data } = await this.ask('repository_not_found', () => this.octokit.rest.repos.get(this.path));
    return data.default_branch;
  }

  async branches(): Promise<{ name: string; sha: string }[]> {
    const list = () => this.octokit.rest.repos.listBranches({ ...this.path, per_page: 100 });
    const { data } = await this.ask('repository_not_found', list);
    return data.map(({ name, commit }) => ({ name, sha: commit.sha }));
  }

  async branchHead(branch: string, etag: string | null = null): Promise<BranchHead> {
    const headers = etag === null ? {} : { 'if-none-match': etag };
    try {
      const { data, headers: answered } = await this.octokit.rest.repos.getBranch({ ...this.path, branch, headers });
      return { commit: commitView(data.commit), etag: answered.etag ?? null };
    } catch (error) {
      if (error instanceof Error && 'status' in error && error.status === 304) return 'unchanged';
      throw githubError(error, 'branch_not_found');
    }
  }

  async commits(branch: string): Promise<CommitView[]> {
    const list = () => this.octokit.rest.repos.listCommits({ ...this.path, sha: branch, per_page: 30 });
    const { data } = await this.ask('branch_not_found', list);
    return data.map(commitView);
  }

  async commit(sha: string): Promise<CommitView> {
    const { data } = await this.ask('commit_not_found', () =>
      this.octokit.rest.repos.getCommit({ ...this.path, ref: sha }),
    );
    return commitView(data);
  }

  /** Paths of all files of a commit; of a very large repository those that GitHub lists. */
  async files(sha: string): Promise<string[]> {
    const tree = () => this.octokit.rest.git.getTree({ ...this.path, tree_sha: sha, recursive: '1' });
    const { data } = await this.ask('commit_not_found', tree);
    return data.tree.filter(({ type, path }) => type === 'blob' && path).map(({ path }) => path ?? '');
  }

  /** A file's text, or undefined where it is none, or too large to be a description of a project. */
  async read(sha: string, file: string): Promise<string | undefined> {
    const content = () => this.octokit.rest.repos.getContent({ ...this.path, path: file, ref: sha });
    const { data } = await this.ask('commit_not_found', content);
    if (Array.isArray(data) || data.type !== 'file' || data.size > largestFileBytes) return undefined;
    return Buffer.from(data.content, 'base64').toString('utf8');
  }

  /** Files that changed between two commits; null where GitHub cannot say, or not all of them. */
  async changedFiles(base: string, head: string): Promise<string[] | null> {
    try {
      const { data } = await this.octokit.rest.repos.compareCommitsWithBasehead({
        ...this.path,
        basehead: `${base}...${head}`,
      });
      const files = data.files ?? [];
      if (files.length >= 300) return null;
      return files.flatMap((file) => [file.filename, file.previous_filename ?? file.filename]);
    } catch (error) {
      const refusal = githubError(error, 'commit_not_found');
      if (refusal.code === 'commit_not_found') return null;
      throw refusal;
    }
  }

  /** GitHub's own address of the commit's tarball. It works for some minutes and needs no token. */
  async archiveUrl(sha: string): Promise<string> {
    const { data: _, ...answer } = await this.ask('commit_not_found', () =>
      this.octokit.request('GET /repos/{owner}/{repo}/tarball/{ref}', {
        ...this.path,
        ref: sha,
        request: { redirect: 'manual' },
      }),
    );
    const { location } = answer.headers;
    if (location === undefined)
      throw githubError(new Error('GitHub gave no address of an archive'), 'commit_not_found');
    return location;
  }

  private async ask<T>(notFound: ProblemCode, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw githubError(error, notFound);
    }
  }
}
