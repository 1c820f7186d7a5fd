import { createHash } from 'node:crypto';
import { archiveFolder } from './archive-folder.ts';
import { digestOf } from './repr-digest.ts';
import { errorCode, TransferError } from './transfer-error.ts';

/** Sends what is in a folder there. @throws TransferError */
export async function sendData(options: { url: string; folder: string; maxBytes: number }): Promise<void> {
  const hash = createHash('sha256');
  let broken: unknown = null;
  async function* body() {
    try {
      for await (const chunk of archiveFolder(options.folder, options.maxBytes)) {
        hash.update(chunk);
        yield chunk;
      }
    } catch (error) {
      broken = error;
      throw error;
    }
  }
  const headers = { 'content-type': 'application/gzip' };
  const answer = await fetch(options.url, { method: 'PUT', headers, body: body(), duplex: 'half' }).catch(
    (error: unknown) => {
      throw broken ?? TransferError.again(`network ${errorCode(error)}`, error);
    },
  );
  await answer.body?.cancel();
  if (answer.status === 413) throw TransferError.final('data_too_large');
  if (!answer.ok) throw TransferError.again(`status ${answer.status}`);
  const told = digestOf(answer.headers);
  if (told !== null && told !== hash.digest('base64')) throw TransferError.again('digest_mismatch');
}
