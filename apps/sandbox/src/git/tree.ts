import { git } from './run.ts';

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  readonly size: number | null;
}

const line = /^(\d{6}) (blob|tree|commit) ([0-9a-f]{40,64}) +(-|\d+)\t([\s\S]+)$/;

export async function listTree(directory: string, sha: string, recursive: boolean): Promise<TreeEntry[]> {
  const args = ['ls-tree', '-z', '-l', '--full-tree', ...(recursive ? ['-r', '-t'] : []), sha];
  return parseTree(await git(directory, args));
}

/** The entry at a path (see `cleanPath`), or null. */
export async function findEntry(directory: string, commit: string, filePath: string): Promise<TreeEntry | null> {
  const entries = parseTree(await git(directory, ['ls-tree', '-z', '-l', '--full-tree', commit, '--', filePath]));
  return entries.find((entry) => entry.path === filePath) ?? null;
}

export function parseTree(output: string): TreeEntry[] {
  return output.split('\0').flatMap((record) => {
    const [, mode, type, sha, size, path] = line.exec(record) ?? [];
    if (!mode || !type || !sha || !path) return [];
    return [{ path, mode, type: type as TreeEntry['type'], sha, size: size === '-' ? null : Number(size) }];
  });
}

/** A path inside a repository without slashes at its ends, or null if git could never hold it. */
export function cleanPath(raw: string): string | null {
  const segments = raw.split('/').filter((segment) => segment !== '');
  const bad = segments.some((segment) => segment === '.' || segment === '..' || segment.toLowerCase() === '.git');
  return bad || /[\0\n\r\\]/.test(raw) ? null : segments.join('/');
}
