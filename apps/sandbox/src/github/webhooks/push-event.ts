import { pathChanges } from '../../git/changes.ts';
import { type Commit, listCommits, readCommit } from '../../git/commits.ts';
import { findMergeBase } from '../../git/compare.ts';
import { listBranches } from '../../git/refs.ts';
import { type Account, accountOf, noReplyEmail } from '../accounts.ts';
import { nodeId, presentAccount, timestamp } from '../present/account.ts';
import { accountByEmail } from '../present/commit.ts';
import { presentRepository } from '../present/repository.ts';
import type { Repository } from '../repositories.ts';

export interface Push {
  readonly repository: Repository;
  readonly branch: string;
  /** Null where the push made the branch. */
  readonly before: string | null;
  /** Null where the push deleted the branch. */
  readonly after: string | null;
  readonly pusher: Account;
}

export const noCommit = '0'.repeat(40);
const listedCommits = 2_048;

/** The payload of a `push` event. */
export async function pushPayload(
  addresses: { webUrl: string; apiUrl: string },
  push: Push,
  installationId: number,
): Promise<object> {
  const { repository, branch, before, after, pusher } = push;
  const htmlUrl = `${addresses.webUrl}/${repository.owner}/${repository.name}`;
  const commits = await presentCommits(push, htmlUrl);
  const head = after === null ? null : await presentCommits({ ...push, before: null, only: after }, htmlUrl);
  const forced =
    before !== null && after !== null && (await findMergeBase(repository.directory, before, after)) !== before;
  const [from, to] = [before ?? noCommit, after ?? noCommit];
  return {
    ref: `refs/heads/${branch}`,
    before: from,
    after: to,
    base_ref: null,
    created: before === null,
    deleted: after === null,
    forced,
    compare: before && after ? `${htmlUrl}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}` : htmlUrl,
    commits,
    head_commit: head?.[0] ?? null,
    repository: await presentPushedRepository(addresses, repository),
    pusher: { name: pusher.login, email: noReplyEmail(pusher) },
    sender: presentAccount(addresses, pusher),
    installation: { id: installationId, node_id: nodeId('Installation', installationId) },
  };
}

/** In push events, alone among all, times are Unix seconds and the owner has a name. */
async function presentPushedRepository(addresses: { webUrl: string; apiUrl: string }, repository: Repository) {
  const presented = await presentRepository(addresses, repository, { kind: 'anonymous', address: '' });
  const { name, email } = accountOf(repository.owner);
  return {
    ...presented,
    owner: { ...presented.owner, name: repository.owner, email: email ?? name },
    created_at: Math.floor(repository.createdAt.getTime() / 1_000),
    pushed_at: Math.floor(Date.parse(presented.pushed_at) / 1_000),
    stargazers: 0,
    master_branch: presented.default_branch,
  };
}

async function presentCommits(push: Push & { only?: string }, htmlUrl: string): Promise<object[]> {
  const { directory } = push.repository;
  const commits = push.only === undefined ? await newCommits(push) : [await readCommit(directory, push.only)];
  const changes = await pathChanges(
    directory,
    commits.map((commit) => commit.sha),
  );
  return commits.map((commit) => ({
    id: commit.sha,
    tree_id: commit.treeSha,
    distinct: true,
    message: commit.message,
    timestamp: timestamp(commit.author.date),
    url: `${htmlUrl}/commit/${commit.sha}`,
    author: presentPerson(commit.author),
    committer: presentPerson(commit.committer),
    ...(changes.get(commit.sha) ?? { added: [], removed: [], modified: [] }),
  }));
}

/** Oldest first. Of a new branch only what no other branch has. */
async function newCommits({ repository, branch, before, after }: Push): Promise<Commit[]> {
  if (after === null) return [];
  const others = (await listBranches(repository.directory)).filter((other) => other.name !== branch);
  const exclude = before === null ? others.map((other) => other.sha) : [before];
  return (await listCommits(repository.directory, { head: after, exclude, limit: listedCommits })).reverse();
}

function presentPerson({ name, email }: { name: string; email: string }) {
  const account = accountByEmail(email);
  return { name, email, ...(account ? { username: account.login } : {}) };
}
