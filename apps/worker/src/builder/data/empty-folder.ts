import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ownFolder } from './archive-folder.ts';

/** Removes everything in a folder, also what a bot has protected from writing. */
export async function emptyFolder(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name === ownFolder) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openUp(path);
    await rm(path, { recursive: true, force: true });
  }
}

/** A folder's content can be removed only where the folder may be written. */
async function openUp(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await openUp(join(folder, entry.name));
  }
}
