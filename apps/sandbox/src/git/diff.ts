import { git } from './run.ts';

export interface ChangedFile {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed';
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** Null for binary files. */
  readonly patch: string | null;
}

/** The tree that every git knows: what a first commit is compared with. */
export const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

const statuses: Record<string, ChangedFile['status']> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  T: 'changed',
};

export async function changedFiles(directory: string, base: string, head: string): Promise<ChangedFile[]> {
  const shape = ['diff', '--no-ext-diff', '--no-textconv', '--no-color', '-M', '--full-index'];
  const [raw, counts, patches] = await Promise.all([
    git(directory, [...shape, '--raw', '--no-abbrev', '-z', base, head, '--']),
    git(directory, [...shape, '--numstat', '-z', base, head, '--']),
    git(directory, [...shape, base, head, '--']),
  ]);
  return joinChanges({ raw, counts, patches });
}

/** The three outputs list the same files in the same order. */
export function joinChanges({ raw, counts, patches }: { raw: string; counts: string; patches: string }): ChangedFile[] {
  const numbers = parseCounts(counts);
  const sections = `\n${patches}`.split('\ndiff --git ').slice(1);
  return parseRaw(raw).map((file, index) => {
    const hunk = sections[index]?.indexOf('\n@@') ?? -1;
    const patch = hunk === -1 ? null : (sections[index]?.slice(hunk + 1).replace(/\n$/, '') ?? null);
    return { ...file, additions: numbers[index]?.[0] ?? 0, deletions: numbers[index]?.[1] ?? 0, patch };
  });
}

function parseRaw(raw: string): Pick<ChangedFile, 'path' | 'previousPath' | 'status' | 'sha'>[] {
  const parts = raw.split('\0');
  const files: Pick<ChangedFile, 'path' | 'previousPath' | 'status' | 'sha'>[] = [];
  for (let at = 0; at + 1 < parts.length; ) {
    const [, , before = '', after = '', letter = ''] = (parts[at] ?? '').split(' ');
    const status = statuses[letter.charAt(0)] ?? 'modified';
    const renamed = status === 'renamed';
    const first = parts[at + 1] ?? '';
    const path = renamed ? (parts[at + 2] ?? '') : first;
    files.push({ path, previousPath: renamed ? first : null, status, sha: status === 'removed' ? before : after });
    at += renamed ? 3 : 2;
  }
  return files;
}

/** With `-z` a rename is written as `1\t2\t` followed by the old and the new path. */
function parseCounts(counts: string): [number, number][] {
  const parts = counts.split('\0');
  const numbers: [number, number][] = [];
  for (let at = 0; at < parts.length; ) {
    const [added, deleted, path] = (parts[at] ?? '').split('\t');
    if (path === undefined) break;
    numbers.push([Number(added) || 0, Number(deleted) || 0]);
    at += path === '' ? 3 : 1;
  }
  return numbers;
}
