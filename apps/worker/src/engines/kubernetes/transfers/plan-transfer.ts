import type { TransferOutcome } from '../../../builder/transfer-outcome.ts';
import type { Facts } from '../plan.ts';
import type { InstanceRecord } from '../record/record.ts';
import { askedTransfer, isSameTransfer, openTransfer, type TransferId } from './asked-transfer.ts';

/** The one Job that carries an instance's data. It is made suspended: without its name in the record it never runs. */
export type TransferFacts =
  | { readonly state: 'none' }
  | { readonly state: 'ending' }
  | { readonly state: 'prepared' | 'going'; readonly uid: string }
  | { readonly state: 'over'; readonly uid: string; readonly outcome: TransferOutcome };

export type TransferAction =
  | { readonly kind: 'prepare-transfer' }
  | { readonly kind: 'start-transfer'; readonly uid: string }
  | { readonly kind: 'settle-transfer'; readonly uid: string; readonly outcome: TransferOutcome }
  | { readonly kind: 'remove-transfer'; readonly uid: string }
  /** Fails without a Job: it may not be done, or nobody asks for it any more. */
  | { readonly kind: 'fail-transfer'; readonly transfer: TransferId; readonly detail: string };

type TransferEnd = TransferAction | { readonly kind: 'wait' };

/** Pure: what became of a transfer, and the end of one that nobody asks for. As long as it says something, no bot may start. */
export function planTransferEnd(record: InstanceRecord, { transfer }: Facts): TransferEnd | null {
  const kept = record.transfer;
  const open = openTransfer(record);
  const isOpen = open !== null && (kept === null || kept.status !== 'running' || isSameTransfer(open, kept));
  if (transfer.state === 'none') {
    const isCancelled = kept?.status === 'running' && !isOpen;
    return isCancelled ? { kind: 'fail-transfer', transfer: kept, detail: 'cancelled' } : null;
  }
  if (transfer.state === 'ending') return { kind: 'wait' };
  const isNamed = kept !== null && kept.jobUid === transfer.uid && kept.status === 'running';
  if (isOpen && transfer.state === 'over' && isNamed) return { ...transfer, kind: 'settle-transfer' };
  if (isOpen && (transfer.state === 'prepared' || (transfer.state === 'going' && isNamed))) return null;
  return { kind: 'remove-transfer', uid: transfer.uid };
}

/** Pure: a transfer begins once nothing of the bot is left and nothing can start it. */
export function planTransferStart(record: InstanceRecord, facts: Facts): TransferAction | null {
  const open = openTransfer(record);
  const { transfer } = facts;
  if (open === null || transfer.state === 'going') return null;
  const hasRun = record.current !== null || facts.statefulSet !== 'absent';
  if (open.direction === 'import' && hasRun) {
    return { kind: 'fail-transfer', transfer: open, detail: 'volume_in_use' };
  }
  if (!facts.volumeFree || record.run !== null || facts.statefulSet === 'differs' || !facts.transferDue) return null;
  return transfer.state === 'prepared' ? { kind: 'start-transfer', uid: transfer.uid } : { kind: 'prepare-transfer' };
}

/** Pure: when the next attempt is due; null where none is waited for. */
export function transferRetryAt(record: InstanceRecord, now: number): number | null {
  const { transfer } = record;
  const retryAt = isSameTransfer(openTransfer(record), transfer) ? (transfer?.retryAt ?? null) : null;
  return retryAt === null || retryAt <= now ? null : retryAt;
}

/** Pure: the address is good, and no pause after a failed attempt is left. */
export function isTransferDue(record: InstanceRecord, now: number): boolean {
  const asked = askedTransfer(record.desired);
  return asked !== null && asked.expiresAt > now && transferRetryAt(record, now) === null;
}
