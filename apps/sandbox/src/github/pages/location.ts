import { defaultBranch, findBranch, listBranches, type Ref, resolveCommit } from '../../git/refs.ts';
import { cleanPath } from '../../git/tree.ts';
import type { GitHub } from '../github.ts';
import type { Repository } from '../repositories.ts';
import type { PageContext } from './page.ts';

/** A place in a repository: what `/<owner>/<name>/tree/<ref>/<path>` means. */
export interface Location {
  readonly repository: Repository;
  /** What stands in the address: a branch, a tag or a commit id. */
  readonly ref: string;
  /** Null for an empty repository. */
  readonly commit: string | null;
  /** Null where `ref` is not a branch, so that nothing can be pushed to it. */
  readonly branch: Ref | null;
  readonly path: string;
  readonly branches: readonly Ref[];
}

export async function findLocation(github: GitHub, context: PageContext): Promise<Location | null> {
  const { owner = '', repo = '', rest } = context.req.param();
  const repository = await github.repositories.find(owner, repo.replace(/\.git$/, ''));
  if (!repository) return null;
  const { directory } = repository;
  const branches = await listBranches(directory);
  const place = rest ? splitPlace(rest, branches) : { ref: await wishedBranch(context, directory), path: '' };
  const [commit, branch] = await Promise.all([resolveCommit(directory, place.ref), findBranch(directory, place.ref)]);
  const path = cleanPath(place.path);
  if (path === null || (commit === null && (rest !== undefined || branches.length > 0))) return null;
  return { repository, ref: place.ref, commit, branch, path, branches };
}

/** Branch names may contain slashes: the longest one that fits wins. */
export function splitPlace(rest: string, branches: readonly Pick<Ref, 'name'>[]): { ref: string; path: string } {
  const fitting = branches.map(({ name }) => name).filter((name) => rest === name || rest.startsWith(`${name}/`));
  const ref = fitting.sort((left, right) => right.length - left.length)[0] ?? rest.split('/')[0] ?? '';
  return { ref, path: rest.slice(ref.length) };
}

async function wishedBranch(context: PageContext, directory: string): Promise<string> {
  return context.req.query('branch') || defaultBranch(directory);
}
