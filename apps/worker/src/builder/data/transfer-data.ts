import type { TransferInput, TransferOutcome } from '../transfer-outcome.ts';
import { receiveData } from './receive-data.ts';
import { sendData } from './send-data.ts';
import { errorCode, TransferError } from './transfer-error.ts';

/** Carries a folder's content out or in. `archive` is where what comes in is kept until it is checked. */
export async function transferData(
  { direction, url, maxBytes }: TransferInput,
  { folder, archive }: { folder: string; archive: string },
): Promise<TransferOutcome> {
  try {
    if (direction === 'export') await sendData({ url, folder, maxBytes });
    else await receiveData({ url, folder, archive, maxBytes });
    return { outcome: 'done' };
  } catch (error) {
    if (!(error instanceof TransferError)) return { outcome: 'again', detail: `error ${errorCode(error)}` };
    return { outcome: error.isFinal ? 'failed' : 'again', detail: error.detail };
  }
}
