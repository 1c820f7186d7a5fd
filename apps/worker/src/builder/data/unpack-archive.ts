import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { chmod, lutimes, realpath, symlink, utimes } from 'node:fs/promises';
import { dirname, join, posix, sep } from 'node:path';
import { extract, list, type Parser, ReadEntry } from 'tar';
import { errorCode, TransferError } from './transfer-error.ts';

const fileTypes = new Set(['File', 'OldFile', 'ContiguousFile']);
const outOfRoom = new Set(['ENOSPC', 'EDQUOT']);

/** Looks at a whole archive, and writes nothing. @throws TransferError where it is no sound one, or larger than that. */
export async function inspectArchive(archive: string, maxBytes: number): Promise<void> {
  let bytes = 0;
  await readArchive(archive, (problem) =>
    list({
      onReadEntry: (entry) => {
        bytes += entry.size;
        if (!isSafe(entry)) problem(TransferError.final('archive_unsafe'));
        if (bytes > maxBytes) problem(TransferError.final('volume_too_small'));
      },
      onwarn: warning(problem),
    }),
  );
}

/** Unpacks an archive into an empty folder, and nothing of it anywhere else. @throws TransferError */
export async function unpackArchive(archive: string, folder: string): Promise<void> {
  const links: ReadEntry[] = [];
  const folders: Pick<ReadEntry, 'path' | 'mode' | 'mtime'>[] = [];
  await readArchive(archive, (problem) =>
    extract({
      cwd: folder,
      preserveOwner: false,
      processUmask: 0,
      // Links come last: as long as there are none, no path can lead out through one.
      filter: (_path, entry) => {
        if (!(entry instanceof ReadEntry) || posix.normalize(entry.path) === './') return false;
        const { path, mode, mtime } = entry;
        if (entry.type === 'Directory') folders.push({ path, mode, mtime });
        if (entry.type === 'SymbolicLink') links.push(entry);
        return entry.type !== 'SymbolicLink';
      },
      onwarn: warning(problem),
    }),
  );
  for (const link of links) await writeLink(link, folder);
  // Innermost first: writing into a folder changes its time, and needs the right to.
  for (const entry of folders.toReversed()) await restoreFolder(entry, join(folder, entry.path));
}

async function writeLink({ path, linkpath, mtime }: ReadEntry, folder: string): Promise<void> {
  const root = await realpath(folder);
  const target = join(root, path);
  try {
    const parent = await realpath(dirname(target));
    if (parent !== root && !parent.startsWith(root + sep)) throw TransferError.final('archive_unsafe');
    await symlink(linkpath ?? '', target);
  } catch (error) {
    throw asTransferError(error);
  }
  if (mtime !== undefined) await lutimes(target, mtime, mtime);
}

async function restoreFolder({ mode, mtime }: Pick<ReadEntry, 'mode' | 'mtime'>, path: string): Promise<void> {
  if (mode !== undefined) await chmod(path, mode & 0o7777);
  if (mtime !== undefined) await utimes(path, mtime, mtime);
}

/** Only what a folder can hold, at a place inside of it. What a symbolic link says is the bot's own matter. */
function isSafe({ path, type, linkpath }: ReadEntry): boolean {
  if (type === 'Link') return isInner(path) && isInner(linkpath ?? '');
  return isInner(path) && (type === 'Directory' || type === 'SymbolicLink' || fileTypes.has(type));
}

const isInner = (path: string): boolean => path !== '' && !posix.isAbsolute(path) && !path.split('/').includes('..');

type Problem = (error: TransferError) => void;

/** Reads an archive into what `open` makes; ends with the first problem. */
async function readArchive(archive: string, open: (problem: Problem) => Parser): Promise<void> {
  let problem: TransferError | null = null;
  const sink = open((error) => {
    problem ??= error;
  });
  const closed = once(sink, 'end').catch((error: unknown) => {
    problem ??= asTransferError(error);
  });
  for await (const chunk of createReadStream(archive)) {
    if (problem !== null) throw problem;
    if (!sink.write(chunk)) await Promise.race([once(sink, 'drain'), closed]);
  }
  sink.end();
  await closed;
  if (problem !== null) throw problem;
}

const warning =
  (problem: Problem) =>
  (code: string, message: string | Error): void => {
    if (code === 'TAR_ENTRY_INFO') return;
    problem(asTransferError(message));
  };

function asTransferError(error: unknown): TransferError {
  if (error instanceof TransferError) return error;
  const code = errorCode(error);
  if (outOfRoom.has(code)) return TransferError.final('volume_too_small', error);
  return TransferError.final(
    error instanceof Error && 'syscall' in error ? `data_unwritable ${code}` : 'archive_invalid',
    error,
  );
}
