import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { git } from '../git/run.ts';
import { isLogin, sameName, stableId } from './accounts.ts';

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly directory: string;
  readonly private: boolean;
  readonly description: string | null;
  readonly createdAt: Date;
}

/** A file of this name inside a bare repository makes it private. */
export const privateMarker = 'sandbox-private';

/** The bare repositories of one folder, read anew each time: what is put there appears at once. */
export class Repositories {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async owners(): Promise<string[]> {
    const entries = await readdir(this.#root, { withFileTypes: true });
    return entries.filter((entry) => !entry.isFile() && isLogin(entry.name)).map((entry) => entry.name);
  }

  async list(): Promise<Repository[]> {
    const owners = await this.owners();
    const lists = await Promise.all(owners.map((owner) => this.listOf(owner)));
    return lists.flat();
  }

  /** A name is only ever compared with what the folder holds; it never becomes part of a path. */
  async find(owner: string, name: string): Promise<Repository | null> {
    const folder = (await this.owners()).find((candidate) => sameName(candidate, owner));
    if (folder === undefined) return null;
    const entry = (await this.#names(folder)).find((candidate) => sameName(candidate, name));
    return entry === undefined ? null : this.#read(folder, entry);
  }

  async findById(id: number): Promise<Repository | null> {
    return (await this.list()).find((repository) => repository.id === id) ?? null;
  }

  async listOf(owner: string): Promise<Repository[]> {
    const folder = (await this.owners()).find((candidate) => sameName(candidate, owner));
    if (folder === undefined) return [];
    const repositories = await Promise.all((await this.#names(folder)).map((name) => this.#read(folder, name)));
    return repositories.filter((repository) => repository !== null);
  }

  /** Makes an empty repository; `owner` and `name` must be valid (`isLogin`, `isRepositoryName`). */
  async create(owner: string, name: string, description: string): Promise<string> {
    const directory = path.join(this.#root, owner, `${name}.git`);
    await mkdir(directory, { recursive: true });
    await git(directory, ['init', '--quiet', '--bare', '--initial-branch=main', directory]);
    await writeFile(path.join(directory, 'description'), `${description}\n`);
    return directory;
  }

  async #names(folder: string): Promise<string[]> {
    const entries = await readdir(path.join(this.#root, folder));
    return entries.flatMap((entry) => {
      const name = entry.endsWith('.git') ? entry.slice(0, -4) : '';
      return isRepositoryName(name) ? [name] : [];
    });
  }

  async #read(owner: string, name: string): Promise<Repository | null> {
    const directory = path.join(this.#root, owner, `${name}.git`);
    const [head, marker, description] = await Promise.all([
      stat(path.join(directory, 'HEAD')).catch(() => null),
      stat(path.join(directory, privateMarker)).catch(() => null),
      readFile(path.join(directory, 'description'), 'utf8').catch(() => ''),
    ]);
    if (head === null) return null;
    return {
      id: stableId(`${owner}/${name}`),
      owner,
      name,
      directory,
      private: marker !== null,
      description: description.startsWith('Unnamed repository') ? null : description.trim() || null,
      createdAt: head.birthtime,
    };
  }
}

export function isRepositoryName(name: string): boolean {
  return /^[\w.-]{1,100}$/.test(name) && name !== '.' && name !== '..';
}
