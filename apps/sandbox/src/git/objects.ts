import { git, gitBytes } from './run.ts';

export interface GitObject {
  readonly sha: string;
  readonly type: 'commit' | 'tree' | 'blob' | 'tag';
  readonly size: number;
}

const found = /^([0-9a-f]{40,64}) (commit|tree|blob|tag) (\d+)$/;

/**
 * Looks names up in one call; null where there is no such object. The names travel on standard input, so none of them can
 * be taken for an option.
 */
export async function lookUp(directory: string, names: readonly string[]): Promise<(GitObject | null)[]> {
  if (names.length === 0) return [];
  const safe = names.map((name) => (/[\n\r\0]/.test(name) ? '' : name));
  const output = await git(directory, ['cat-file', '--batch-check'], { input: `${safe.join('\n')}\n` });
  const lines = output.split('\n');
  return names.map((_, index) => {
    const match = found.exec(lines[index] ?? '');
    const [, sha, type, size] = match ?? [];
    return sha && type ? { sha, type: type as GitObject['type'], size: Number(size) } : null;
  });
}

export async function readBlob(directory: string, sha: string): Promise<Buffer> {
  return gitBytes(directory, ['cat-file', 'blob', sha]);
}
