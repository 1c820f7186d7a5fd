import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { emptyFolder } from './empty-folder.ts';
import { digestOf } from './repr-digest.ts';
import { errorCode, TransferError } from './transfer-error.ts';
import { inspectArchive, unpackArchive } from './unpack-archive.ts';

/** An archive is a little larger than what is in it, where that does not compress. */
const archiveBytes = (maxBytes: number): number => Math.ceil(maxBytes * 1.1) + 64 * 1_048_576;

/**
 * Makes a folder's content what comes from there. Nothing in it is touched before all has come, is what was announced, and fits.
 * `archive` is where it is kept meanwhile. @throws TransferError
 */
export async function receiveData(options: {
  url: string;
  folder: string;
  archive: string;
  maxBytes: number;
}): Promise<void> {
  const { url, folder, archive, maxBytes } = options;
  await download(url, archive, archiveBytes(maxBytes));
  await inspectArchive(archive, maxBytes);
  await emptyFolder(folder);
  await unpackArchive(archive, folder);
}

async function download(url: string, archive: string, maxBytes: number): Promise<void> {
  const answer = await fetch(url).catch((error: unknown) => {
    throw TransferError.again(`network ${errorCode(error)}`, error);
  });
  if (!answer.ok || answer.body === null) {
    await answer.body?.cancel();
    throw TransferError.again(`status ${answer.status}`);
  }
  const announced = digestOf(answer.headers);
  if (announced === null) throw TransferError.final('digest_missing');
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(archive, 'w', 0o600);
  try {
    for await (const chunk of answer.body) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw TransferError.final('data_too_large');
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } catch (error) {
    throw error instanceof TransferError ? error : TransferError.again(`download ${errorCode(error)}`, error);
  } finally {
    await file.close();
  }
  if (hash.digest('base64') !== announced) throw TransferError.final('digest_mismatch');
}
