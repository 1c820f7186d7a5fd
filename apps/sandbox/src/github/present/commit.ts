import type { Commit, Signature } from '../../git/commits.ts';
import type { ChangedFile } from '../../git/diff.ts';
import { type Account, noReplyEmail, samplesOwner, testUsers } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import type { Repository } from '../repositories.ts';
import { nodeId, presentAccount, timestamp } from './account.ts';

export function presentCommit(github: GitHub, repository: Repository, commit: Commit) {
  const url = `${github.apiUrl}/repos/${repository.owner}/${repository.name}`;
  const htmlUrl = `${github.webUrl}/${repository.owner}/${repository.name}/commit`;
  const author = accountByEmail(commit.author.email);
  const committer = accountByEmail(commit.committer.email);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    commit: {
      author: presentSignature(commit.author),
      committer: presentSignature(commit.committer),
      message: commit.message,
      tree: { sha: commit.treeSha, url: `${url}/git/trees/${commit.treeSha}` },
      url: `${url}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    url: `${url}/commits/${commit.sha}`,
    html_url: `${htmlUrl}/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    author: author && presentAccount(github, author),
    committer: committer && presentAccount(github, committer),
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/commits/${sha}`, html_url: `${htmlUrl}/${sha}` })),
  };
}

export function presentFile(github: GitHub, repository: Repository, sha: string, file: ChangedFile) {
  const fullName = `${repository.owner}/${repository.name}`;
  const path = encodePath(file.path);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${github.webUrl}/${fullName}/blob/${sha}/${path}`,
    raw_url: `${github.webUrl}/${fullName}/raw/${sha}/${path}`,
    contents_url: `${github.apiUrl}/repos/${fullName}/contents/${path}?ref=${sha}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}

/** The account whose address, public or private, a commit carries. */
export function accountByEmail(email: string): Account | null {
  const address = email.toLowerCase();
  const accounts = [...testUsers, samplesOwner];
  return accounts.find((account) => account.email === address || noReplyEmail(account) === address) ?? null;
}

export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function presentSignature({ name, email, date }: Signature) {
  return { name, email, date: timestamp(date) };
}
