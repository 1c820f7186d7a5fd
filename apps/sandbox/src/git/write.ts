import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ExecaError } from 'execa';
import type { Signature } from './commits.ts';
import { git } from './run.ts';

export interface FileChange {
  readonly path: string;
  /** Null removes the file. */
  readonly content: Uint8Array | null;
  readonly mode?: string;
}

export interface NewCommit {
  readonly branch: string;
  /** The commit that the branch is expected to be at; null when the branch does not exist yet. */
  readonly parent: string | null;
  readonly message: string;
  readonly author: Signature;
  readonly changes: readonly FileChange[];
}

/** The branch moved between being read and being written. */
export class BranchMovedError extends Error {
  override readonly name = 'BranchMovedError';
}

const absent = '0'.repeat(40);

/** Writes objects, builds the tree in an index of its own, and moves the branch only if it is still where it was read. */
export async function commitFiles(directory: string, commit: NewCommit): Promise<string> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'sandbox-index-'));
  try {
    const tree = await writeTree(directory, commit, path.join(scratch, 'index'));
    const parents = commit.parent === null ? [] : ['-p', commit.parent];
    const sha = await git(directory, ['commit-tree', tree, ...parents], {
      input: `${commit.message}\n`,
      env: identity(commit.author),
    });
    await moveBranch(directory, { branch: commit.branch, to: sha.trim(), from: commit.parent });
    return sha.trim();
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** `to: null` deletes the branch; `from: null` means that it must not exist yet. */
export async function moveBranch(
  directory: string,
  move: { branch: string; to: string | null; from: string | null },
): Promise<void> {
  const ref = `refs/heads/${move.branch}`;
  const args =
    move.to === null
      ? ['update-ref', '-d', ref, move.from ?? absent]
      : ['update-ref', ref, move.to, move.from ?? absent];
  try {
    await git(directory, args);
  } catch (error) {
    if (!(error instanceof ExecaError) || error.exitCode === undefined) throw error;
    throw new BranchMovedError(`${ref} is no longer where it was read`, { cause: error });
  }
}

async function writeTree(directory: string, commit: NewCommit, index: string): Promise<string> {
  const env = { GIT_INDEX_FILE: index };
  await git(directory, ['read-tree', ...(commit.parent === null ? ['--empty'] : [commit.parent])], { env });
  const records: string[] = [];
  for (const change of commit.changes) {
    if (change.content === null) {
      records.push(`0 ${absent}\t${change.path}\0`);
      continue;
    }
    const sha = await git(directory, ['hash-object', '-w', '--stdin'], { input: change.content });
    records.push(`${change.mode ?? '100644'} ${sha.trim()}\t${change.path}\0`);
  }
  await git(directory, ['update-index', '-z', '--index-info'], { env, input: records.join('') });
  return (await git(directory, ['write-tree'], { env })).trim();
}

function identity({ name, email, date }: Signature): Record<string, string> {
  const when = `${Math.floor(date.getTime() / 1_000)} -0300`;
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: when,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: when,
  };
}
