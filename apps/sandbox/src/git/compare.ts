import { ExecaError } from 'execa';
import { type Commit, listCommits } from './commits.ts';
import { type ChangedFile, changedFiles } from './diff.ts';
import { git } from './run.ts';

export interface Comparison {
  readonly mergeBase: string;
  readonly aheadBy: number;
  readonly behindBy: number;
  readonly commits: readonly Commit[];
  readonly files: readonly ChangedFile[];
}

/** What `head` has that `base` has not, as three dots mean it; null when they share no history. */
export async function compare(directory: string, base: string, head: string): Promise<Comparison | null> {
  const mergeBase = await findMergeBase(directory, base, head);
  if (mergeBase === null) return null;
  const [counts, commits, files] = await Promise.all([
    git(directory, ['rev-list', '--left-right', '--count', `${base}...${head}`]),
    listCommits(directory, { head, exclude: [base], limit: 250 }),
    changedFiles(directory, mergeBase, head),
  ]);
  const [behindBy = 0, aheadBy = 0] = counts.trim().split('\t').map(Number);
  return { mergeBase, aheadBy, behindBy, commits: commits.reverse(), files };
}

export async function findMergeBase(directory: string, base: string, head: string): Promise<string | null> {
  try {
    return (await git(directory, ['merge-base', base, head])).trim();
  } catch (error) {
    if (error instanceof ExecaError && error.exitCode === 1) return null;
    throw error;
  }
}
