import { CommitSha, type CommitView } from '@zarpa/contracts';
import { z } from 'zod';
import { storable } from '../../database/jsonb.ts';

const Files = z.array(z.string()).default([]);
const PayloadCommit = z.object({
  id: CommitSha,
  message: z.string(),
  timestamp: z.string().optional(),
  url: z.string().optional(),
  author: z.object({ name: z.string().optional(), username: z.string().optional() }).optional(),
  added: Files,
  removed: Files,
  modified: Files,
});

/** The part of GitHub's `push` payload that is read. */
const Payload = z.object({
  ref: z.string(),
  before: CommitSha,
  after: CommitSha,
  deleted: z.boolean().default(false),
  forced: z.boolean().default(false),
  repository: z.object({ full_name: z.string() }),
  head_commit: PayloadCommit.nullable(),
  commits: z.array(PayloadCommit).default([]),
});

/** A push to a branch. */
export interface PushEvent {
  readonly repository: string;
  readonly branch: string;
  readonly before: string;
  readonly after: string;
  readonly commit: CommitView;
  /** Null where the payload does not say all of them. */
  readonly changedFiles: readonly string[] | null;
}

/** GitHub lists so many commits at most. */
const mostCommits = 20;

/** Null for a payload that pushes nothing to a branch: a tag, a branch that was deleted, what is no push at all. */
export function parsePush(payload: unknown): PushEvent | null {
  const parsed = Payload.safeParse(payload);
  if (!parsed.success) return null;
  const { ref, before, after, deleted, forced, repository, head_commit, commits } = parsed.data;
  const [, branch] = /^refs\/heads\/(.+)$/s.exec(ref) ?? [];
  if (branch === undefined || deleted || !head_commit) return null;
  const complete = !forced && commits.length > 0 && commits.length < mostCommits;
  return {
    repository: repository.full_name,
    branch,
    before,
    after,
    commit: viewOf(head_commit),
    changedFiles: complete
      ? commits.flatMap(({ added, removed, modified }) => [...added, ...removed, ...modified])
      : null,
  };
}

function viewOf({ id, message, timestamp, url, author }: z.infer<typeof PayloadCommit>): CommitView {
  const time = new Date(timestamp ?? Number.NaN);
  return {
    sha: id,
    message: storable(message).slice(0, 2_000).toWellFormed(),
    author: storable(author?.username ?? author?.name ?? ''),
    authorAvatarUrl: null,
    committedAt: Number.isNaN(time.getTime()) ? null : time.toISOString(),
    url: url ?? null,
  };
}

/** Whether a change touches a folder of a repository; the root folder is touched by every change. */
export const touches = (rootDirectory: string, changedFiles: readonly string[]): boolean =>
  rootDirectory === '' || changedFiles.some((file) => file.startsWith(`${rootDirectory}/`));
