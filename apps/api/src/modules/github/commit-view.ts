import type { CommitView } from '@zarpa/contracts';
import { storable } from '../../database/jsonb.ts';
import { isoOrNull } from '../../platform/time.ts';

const longestMessage = 2_000;

interface GithubCommit {
  readonly sha: string;
  readonly html_url?: string;
  readonly commit: {
    readonly message: string;
    readonly author: { readonly name?: string; readonly date?: string } | null;
  };
  readonly author?: { readonly login?: string; readonly avatar_url?: string } | Record<string, never> | null;
}

/** A commit of GitHub's API as people see it. */
export function commitView({ sha, html_url, commit, author }: GithubCommit): CommitView {
  return {
    sha,
    message: storable(commit.message).slice(0, longestMessage).toWellFormed(),
    author: storable(author?.login ?? commit.author?.name ?? ''),
    authorAvatarUrl: author?.avatar_url ?? null,
    committedAt: isoOrNull(validDate(commit.author?.date)),
    url: html_url ?? null,
  };
}

function validDate(text: string | undefined): Date | null {
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}
