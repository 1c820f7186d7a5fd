import { isFinal } from '@zarpa/contracts';
import { publishedVersion, targetVersion, type Version } from '../instance/kept.ts';
import type { PodFacts } from './pods/pod-facts.ts';
import type { InstanceRecord } from './record/record.ts';
import {
  planTransferEnd,
  planTransferStart,
  type TransferAction,
  type TransferFacts,
} from './transfers/plan-transfer.ts';

/** What is true now and not written down. */
export interface Facts {
  /** The instance's one build: of its newest deployment, of an `outdated` one, or `ending` because it was cancelled. */
  readonly build: 'none' | 'current' | 'outdated' | 'ending';
  readonly pod: PodFacts | null;
  /** The StatefulSet: absent, as it should be, or otherwise (`differs`: also when it was edited by hand). */
  readonly statefulSet: 'absent' | 'matches' | 'differs';
  /** What a pod made from the StatefulSet as it should be says in its label `run`. */
  readonly wantedRun: string | null;
  /** The Job that carries the instance's data. */
  readonly transfer: TransferFacts;
  /** The address of the data that are asked for is good, and the last failed attempt long enough ago. */
  readonly transferDue: boolean;
  /** Not one pod of the bot is left, strays and those with edited labels included. */
  readonly volumeFree: boolean;
  /** The archive address is good, or none is needed. */
  readonly sourceReachable: boolean;
  /** The cluster can change a pod's limits in place. */
  readonly canResize: boolean;
  /** A pod besides the one that there may be, which is being deleted and held for its log. */
  readonly stray: StrayPod | null;
  /** All that the pod wrote has been read. */
  readonly logRead: boolean;
  /** What can be read of the pod, which is being deleted, has been read, and the bot writes no more. */
  readonly logCaughtUp: boolean;
}

export interface StrayPod {
  readonly name: string;
  readonly uid: string;
  readonly over: boolean;
}

/** The next thing to do for one instance. `wait` until something happens. */
export type Action =
  | { readonly kind: 'wait' }
  | { readonly kind: 'start-build' }
  | { readonly kind: 'cancel-build' }
  | { readonly kind: 'end-deployment'; readonly as: 'cancelled' | 'succeeded-without-start' }
  | { readonly kind: 'adopt-version'; readonly version: Version }
  | { readonly kind: 'apply' }
  | { readonly kind: 'replace-pod'; readonly uid: string; readonly because: 'outdated' | 'not-resizable' }
  | { readonly kind: 'resize-pod'; readonly uid: string }
  | { readonly kind: 'end-log-keeper'; readonly uid: string; readonly stray: StrayPod | null }
  | { readonly kind: 'release-pod'; readonly uid: string }
  | { readonly kind: 'release-stray'; readonly stray: StrayPod }
  | { readonly kind: 'purge' }
  | TransferAction;

const wait: Action = { kind: 'wait' };

/** Pure: from what should be and what is to the one next step. Called again after each step until it says `wait`. */
export function plan(record: InstanceRecord, facts: Facts): Action {
  return (
    planBuild(record, facts) ??
    planTransferEnd(record, facts) ??
    planRun(record, facts) ??
    planPod(record, facts) ??
    planTransferStart(record, facts) ??
    wait
  );
}

/** Whether the StatefulSet has a replica. */
export const shouldRun = (record: InstanceRecord): boolean =>
  record.desired.state === 'running' && !record.gaveUp && targetVersion(record) !== null;

function planBuild(record: InstanceRecord, facts: Facts): Action | null {
  const { desired, progress } = record;
  const unwanted = desired.state === 'deleted' || desired.state === 'purged';
  if (facts.build === 'outdated' || (facts.build === 'current' && unwanted)) return { kind: 'cancel-build' };
  if (progress === null || isFinal(progress.status)) return null;
  if (unwanted) return { kind: 'end-deployment', as: 'cancelled' };
  if (facts.build !== 'none') return null;
  if (publishedVersion(record) === null) return facts.sourceReachable ? { kind: 'start-build' } : null;
  const mayEnd = desired.state === 'paused' && record.run === null;
  return mayEnd ? { kind: 'end-deployment', as: 'succeeded-without-start' } : null;
}

function planRun(record: InstanceRecord, facts: Facts): Action | null {
  const target = targetVersion(record);
  if (shouldRun(record) && target !== null && record.current?.deploymentId !== target.deploymentId) {
    return { kind: 'adopt-version', version: target };
  }
  // Nothing was ever started: there is nothing that a StatefulSet could say.
  if (record.current === null) return purgeWhenGone(record, facts);
  const isGoing = record.desired.state === 'purged' && facts.statefulSet === 'absent';
  if (!isGoing && facts.statefulSet !== 'matches') return { kind: 'apply' };
  return purgeWhenGone(record, facts);
}

function purgeWhenGone({ desired }: InstanceRecord, { pod, build }: Facts): Action | null {
  return desired.state === 'purged' && pod === null && build === 'none' ? { kind: 'purge' } : null;
}

function planPod(record: InstanceRecord, facts: Facts): Action | null {
  const { pod, stray } = facts;
  if (stray !== null) {
    return stray.over ? { kind: 'release-stray', stray } : { kind: 'end-log-keeper', uid: stray.uid, stray };
  }
  if (pod === null) return null;
  if (pod.deleting) return planEnd(pod, facts);
  if (!shouldRun(record)) return null;
  if (pod.run !== facts.wantedRun) return { kind: 'replace-pod', uid: pod.uid, because: 'outdated' };
  if (pod.over) return null;
  const { memoryMb, cpuMillis } = record.desired.limits;
  if (pod.memoryMb === memoryMb && pod.cpuMillis === cpuMillis) return null;
  if (pod.resize === 'infeasible' || !facts.canResize) {
    return { kind: 'replace-pod', uid: pod.uid, because: 'not-resizable' };
  }
  return pod.resize === 'none' ? { kind: 'resize-pod', uid: pod.uid } : null;
}

/** The log is read while its keeper holds the pod, and to its end again when all has ended. */
function planEnd(pod: PodFacts, { logCaughtUp, logRead }: Facts): Action | null {
  if (!pod.heldForLog) return null;
  if (!pod.over) return logCaughtUp ? { kind: 'end-log-keeper', uid: pod.uid, stray: null } : null;
  return logRead ? { kind: 'release-pod', uid: pod.uid } : null;
}
