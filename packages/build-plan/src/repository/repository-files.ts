/** A repository at one commit: the names of all its files, and the contents of those that `filesToRead` asked for. */
export interface RepositoryFiles {
  /** Every path, relative to the repository's root, with `/` between folders. */
  readonly paths: readonly string[];
  /** The file's text, or undefined when it does not exist or was not loaded. Must not throw. */
  read(path: string): string | undefined;
}

/** One folder of a repository, seen by names relative to it. */
export interface Folder {
  /** The folder's own path, empty for the repository's root. */
  readonly root: string;
  path(name: string): string;
  has(name: string): boolean;
  hasUnder(prefix: string): boolean;
  read(name: string): string | undefined;
  names(): string[];
  at(root: string): Folder;
}

export function openFolder(files: RepositoryFiles, root: string): Folder {
  return folderOf(files, new Set(files.paths), root);
}

function folderOf(files: RepositoryFiles, paths: ReadonlySet<string>, root: string): Folder {
  const path = (name: string) => joinPath(root, name);
  return {
    root,
    path,
    has: (name) => paths.has(path(name)),
    hasUnder: (prefix) => files.paths.some((candidate) => candidate.startsWith(path(prefix))),
    read: (name) => (paths.has(path(name)) ? files.read(path(name))?.replace(/^\uFEFF/, '') : undefined),
    names: () => namesIn(files.paths, root),
    at: (other) => folderOf(files, paths, other),
  };
}

export const joinPath = (root: string, name: string): string => (root === '' ? name : `${root}/${name}`);

/** The folders above one, nearest first, down to the repository's root. */
export function parentsOf(root: string): string[] {
  const segments = root === '' ? [] : root.split('/');
  return segments.map((_, index) => segments.slice(0, segments.length - 1 - index).join('/'));
}

function namesIn(paths: readonly string[], root: string): string[] {
  const prefix = root === '' ? '' : `${root}/`;
  return paths
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length))
    .filter((name) => name !== '' && !name.includes('/'));
}
