import type { Stats } from 'node:fs';
import { create } from 'tar';
import { errorCode, TransferError } from './transfer-error.ts';

/** A file system's own folder at the root of a volume. */
export const ownFolder = 'lost+found';

/**
 * What is in a folder as a gzipped tar stream: files, folders and symbolic links as they are; sockets, pipes and devices are left out.
 * @throws TransferError where it is more than `maxBytes`, or cannot be read.
 */
export async function* archiveFolder(folder: string, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const filter = (path: string, entry: unknown): boolean => {
    const stats = entry as Stats;
    if (stats.isFile()) bytes += stats.size;
    return path !== `./${ownFolder}` && (stats.isFile() || stats.isDirectory() || stats.isSymbolicLink());
  };
  try {
    for await (const chunk of create({ cwd: folder, gzip: true, filter }, ['.'])) {
      if (bytes > maxBytes) throw TransferError.final('data_too_large');
      yield chunk;
    }
  } catch (error) {
    throw error instanceof TransferError ? error : TransferError.final(`data_unreadable ${errorCode(error)}`, error);
  }
}
