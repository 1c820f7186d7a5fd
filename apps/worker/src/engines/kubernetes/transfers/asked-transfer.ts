import type { DataAddress, DesiredInstance, ObservedTransfer } from '@zarpa/contracts';
import type { InstanceRecord, RecordedTransfer } from '../record/record.ts';

/** Which transfer it is: one move has one in each direction. */
export type TransferId = Pick<ObservedTransfer, 'moveId' | 'direction'>;

export type AskedTransfer = TransferId & Pick<DataAddress, 'url' | 'expiresAt'>;

const firstRetryMs = 2_000;
const longestRetryMs = 60_000;

/** Pure: what is to be done with the volume's content; null: nothing. */
export function askedTransfer({ state, data }: DesiredInstance): AskedTransfer | null {
  if (state !== 'paused' || data === undefined) return null;
  if (data.export !== null) return { direction: 'export', ...data.export };
  return data.import === null ? null : { direction: 'import', ...data.import };
}

export const isSameTransfer = (one: TransferId | null, other: TransferId | null): boolean =>
  one?.moveId === other?.moveId && one?.direction === other?.direction;

/** Pure: what is asked for and has not ended. */
export function openTransfer({ desired, transfer }: InstanceRecord): AskedTransfer | null {
  const asked = askedTransfer(desired);
  const hasEnded = isSameTransfer(asked, transfer) && transfer?.status !== 'running';
  return hasEnded ? null : asked;
}

/** Pure: how far it is, for the record; what is kept of another one is of no more use. */
export function recordedTransfer({ transfer }: InstanceRecord, { moveId, direction }: TransferId): RecordedTransfer {
  if (transfer !== null && isSameTransfer(transfer, { moveId, direction })) return transfer;
  return { moveId, direction, status: 'running', detail: null, jobUid: null, attempts: 0, retryAt: null };
}

/** Pure: the Job that was named came to nothing: another one, in a while. */
export function triedInVain(transfer: RecordedTransfer, detail: string, now: number): RecordedTransfer {
  const waitMs = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(transfer.attempts, 10));
  return { ...transfer, detail, jobUid: null, attempts: transfer.attempts + 1, retryAt: now + waitMs };
}

/** Pure: what is told of the newest transfer that was asked for. */
export function observedTransfer(record: InstanceRecord): ObservedTransfer | null {
  const newest = askedTransfer(record.desired) ?? record.transfer;
  if (newest === null) return null;
  const { moveId, direction, status, detail } = recordedTransfer(record, newest);
  return { moveId, direction, status, detail };
}
