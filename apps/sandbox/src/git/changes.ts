import { git } from './run.ts';

export interface PathChanges {
  readonly added: string[];
  readonly removed: string[];
  readonly modified: string[];
}

const lists: Record<string, keyof PathChanges> = { A: 'added', D: 'removed', M: 'modified', T: 'modified' };

/** The paths that each of these commits added, removed and modified against its first parent. */
export async function pathChanges(directory: string, shas: readonly string[]): Promise<Map<string, PathChanges>> {
  const changes = new Map(shas.map((sha): [string, PathChanges] => [sha, { added: [], removed: [], modified: [] }]));
  if (shas.length === 0) return changes;
  const args = ['diff-tree', '--stdin', '-r', '--root', '-m', '--first-parent', '--no-renames', '--name-status', '-z'];
  const parts = (await git(directory, args, { input: `${shas.join('\n')}\n` })).split('\0');
  let current: PathChanges | undefined;
  for (let at = 0; at < parts.length; at += 1) {
    const part = (parts[at] ?? '').trim();
    if (/^[0-9a-f]{40,64}$/.test(part)) {
      current = changes.get(part);
      continue;
    }
    const list = lists[part];
    const path = parts[at + 1];
    if (list && path !== undefined) {
      current?.[list].push(path);
      at += 1;
    }
  }
  return changes;
}
