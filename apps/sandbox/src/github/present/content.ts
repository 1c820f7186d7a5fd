import path from 'node:path';
import type { TreeEntry } from '../../git/tree.ts';
import type { GitHub } from '../github.ts';
import type { Repository } from '../repositories.ts';
import { encodePath } from './commit.ts';

const largestInlineBytes = 1_024 * 1_024;

/** One line of a folder's listing. */
export function presentEntry(github: GitHub, { owner, name }: Repository, ref: string, entry: TreeEntry) {
  const encoded = encodePath(entry.path);
  const query = `?ref=${encodeURIComponent(ref)}`;
  const kind = entry.type === 'tree' ? 'tree' : 'blob';
  const self = `${github.apiUrl}/repos/${owner}/${name}/contents/${encoded}${query}`;
  const gitUrl = `${github.apiUrl}/repos/${owner}/${name}/git/${kind}s/${entry.sha}`;
  const html = `${github.webUrl}/${owner}/${name}/${kind}/${encodePath(ref)}/${encoded}`;
  return {
    name: path.posix.basename(entry.path),
    path: entry.path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url: self,
    html_url: html,
    git_url: gitUrl,
    download_url: entry.type === 'blob' ? `${github.webUrl}/${owner}/${name}/raw/${encodePath(ref)}/${encoded}` : null,
    type: typeOf(entry),
    _links: { self, git: gitUrl, html },
  };
}

/** A file with its content; above 1 MB GitHub leaves the content out. */
export function presentFileContent(
  github: GitHub,
  repository: Repository,
  ref: string,
  entry: TreeEntry,
  bytes: Buffer,
) {
  const presented = presentEntry(github, repository, ref, entry);
  if (presented.type === 'symlink') return { ...presented, target: bytes.toString('utf8') };
  if (presented.type === 'submodule') return { ...presented, submodule_git_url: null };
  if (bytes.length > largestInlineBytes) return { ...presented, content: '', encoding: 'none' };
  return { ...presented, content: toBase64(bytes), encoding: 'base64' };
}

/** GitHub breaks base64 after 60 characters. */
export function toBase64(bytes: Buffer): string {
  return bytes
    .toString('base64')
    .replace(/.{60}/g, '$&\n')
    .replace(/([^\n])$/, '$1\n');
}

function typeOf({ type, mode }: TreeEntry): 'dir' | 'submodule' | 'symlink' | 'file' {
  if (type === 'tree') return 'dir';
  if (type === 'commit') return 'submodule';
  return mode === '120000' ? 'symlink' : 'file';
}
