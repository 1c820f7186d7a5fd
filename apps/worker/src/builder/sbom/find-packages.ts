import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { debianPackages, npmPackage, pythonPackage, type SoftwarePackage } from './package-texts.ts';

const notFiles = new Set(['proc', 'sys', 'dev']);
const largestTextBytes = 32 * 1_048_576;

/** What is installed below the root of an image. Follows no links. */
export async function findPackages(root: string): Promise<SoftwarePackage[]> {
  const found = new Map<string, SoftwarePackage>();
  for (const one of debianPackages((await textOf(join(root, 'var/lib/dpkg/status'))) ?? '')) found.set(keyOf(one), one);
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => [])) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (folder !== root || !notFiles.has(entry.name)) waiting.push(path);
        continue;
      }
      const one = entry.isFile() ? await packageAt(folder, entry.name) : null;
      if (one !== null) found.set(keyOf(one), one);
    }
  }
  return [...found.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

async function packageAt(folder: string, name: string): Promise<SoftwarePackage | null> {
  if (name === 'package.json' && /\/node_modules\/(?:@[^/]+\/)?[^/]+$/.test(folder)) {
    return npmPackage((await textOf(join(folder, name))) ?? '');
  }
  if (name === 'METADATA' && basename(folder).endsWith('.dist-info')) {
    return pythonPackage((await textOf(join(folder, name))) ?? '');
  }
  return null;
}

async function textOf(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile() || found.size > largestTextBytes) return null;
  return await readFile(path, 'utf8').catch(() => null);
}

const keyOf = ({ type, name, version }: SoftwarePackage): string => `${type} ${name} ${version}`;
