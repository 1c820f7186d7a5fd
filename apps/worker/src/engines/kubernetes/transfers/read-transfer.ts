import type { Job } from 'kubernetes-types/batch/v1';
import type { Pod } from 'kubernetes-types/core/v1';
import { TransferOutcome } from '../../../builder/transfer-outcome.ts';
import type { TransferFacts } from './plan-transfer.ts';
import { transferContainer } from './transfer-job.ts';

/** Pure: what a Job and the pods of an instance's transfers say. */
export function readTransfer(job: Job | null, pods: readonly Pod[]): TransferFacts {
  const uid = job?.metadata?.uid;
  if (job === null || uid === undefined) return { state: pods.length === 0 ? 'none' : 'ending' };
  if (job.metadata?.deletionTimestamp !== undefined) return { state: 'ending' };
  const own = pods.find(({ metadata }) => metadata?.ownerReferences?.some((owner) => owner.uid === uid)) ?? null;
  const outcome = outcomeOf(own) ?? lostOutcome(job);
  if (outcome !== null) return { state: 'over', uid, outcome };
  return { state: job.spec?.suspend === true ? 'prepared' : 'going', uid };
}

/** Null while it may still come to something. */
function outcomeOf(pod: Pod | null): TransferOutcome | null {
  const container = pod?.status?.containerStatuses?.find(({ name }) => name === transferContainer);
  const ended = container?.state?.terminated;
  const told = TransferOutcome.safeParse(parsed(ended?.message));
  if (told.success) return told.data;
  if (ended !== undefined) return { outcome: 'again', detail: `${ended.reason ?? 'Error'} ${ended.exitCode}` };
  return pod?.status?.phase === 'Failed' ? { outcome: 'again', detail: pod.status.reason ?? 'pod_failed' } : null;
}

function lostOutcome({ status }: Job): TransferOutcome | null {
  const failed = status?.conditions?.find(({ type, status }) => type === 'Failed' && status === 'True');
  return failed === undefined ? null : { outcome: 'again', detail: failed.reason ?? 'job_failed' };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
