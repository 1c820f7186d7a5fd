import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { lookUp } from './objects.ts';
import { git } from './run.ts';

export interface Ref {
  readonly name: string;
  readonly sha: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: git forbids control characters in names of references
const forbidden = /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|^[-/.]|[/.]$|\/\.|\.lock(\/|$)/;

/** The rules of `git check-ref-format` for the part after `refs/heads/`. */
export function isRefName(name: string): boolean {
  return name.length > 0 && name.length <= 244 && name !== '@' && !forbidden.test(name);
}

export async function defaultBranch(directory: string): Promise<string> {
  const head = await readFile(path.join(directory, 'HEAD'), 'utf8');
  return /^ref: refs\/heads\/(.+)$/m.exec(head)?.[1] ?? 'main';
}

export async function listBranches(directory: string): Promise<Ref[]> {
  const output = await git(directory, ['for-each-ref', '--format=%(refname:lstrip=2)%00%(objectname)', 'refs/heads']);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', sha = ''] = line.split('\0');
      return { name, sha };
    });
}

export async function findBranch(directory: string, name: string): Promise<Ref | null> {
  if (!isRefName(name)) return null;
  const [object] = await lookUp(directory, [`refs/heads/${name}`]);
  return object ? { name, sha: object.sha } : null;
}

/** A branch, tag, full reference or (abbreviated) commit id, in the order in which GitHub tries them. */
export async function resolveCommit(directory: string, ref: string): Promise<string | null> {
  return resolve(directory, ref, 'commit');
}

export async function resolveTree(directory: string, ref: string): Promise<string | null> {
  return resolve(directory, ref, 'tree');
}

async function resolve(directory: string, ref: string, type: 'commit' | 'tree'): Promise<string | null> {
  if (ref !== 'HEAD' && !isRefName(ref)) return null;
  const names = ref === 'HEAD' ? ['HEAD'] : [`refs/heads/${ref}`, `refs/tags/${ref}`];
  if (/^refs\/(heads|tags)\//.test(ref)) names.unshift(ref);
  if (/^(heads|tags)\//.test(ref)) names.push(`refs/${ref}`);
  if (/^[0-9a-f]{4,64}$/i.test(ref)) names.push(ref);
  const objects = await lookUp(
    directory,
    names.map((name) => `${name}^{${type}}`),
  );
  return objects.find((object) => object?.type === type)?.sha ?? null;
}

/** The newest commit time of any branch, or null for an empty repository. */
export async function lastPushedAt(directory: string): Promise<Date | null> {
  const format = '--format=%(committerdate:unix)';
  const output = await git(directory, ['for-each-ref', '--sort=-committerdate', '--count=1', format, 'refs/heads']);
  return output.trim() === '' ? null : new Date(Number(output.trim()) * 1_000);
}
