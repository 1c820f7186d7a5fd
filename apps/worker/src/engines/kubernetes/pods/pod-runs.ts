import type { ContainerState, Pod } from 'kubernetes-types/core/v1';
import type { ContainerRun, LoggedPod, RunEnd } from '../logs/pod-runs.ts';
import type { InstanceRecord } from '../record/record.ts';
import { botContainer, readPod } from './pod-facts.ts';

/** Pure: a pod as its log sees it; null for one that is none of ours. Codes of ends come from the record, which knows why. */
export function loggedPodOf(pod: Pod, record: InstanceRecord): LoggedPod | null {
  const facts = readPod(pod);
  const container = pod.status?.containerStatuses?.find(({ name }) => name === botContainer);
  if (facts === null) return null;
  const { state, lastState, restartCount = 0 } = container ?? {};
  // A container that waits to be started again shows its last run as the one before.
  const isWaiting = state?.waiting !== undefined;
  // Ends that the record has not counted yet have no reason yet either: they are told when it has.
  const told = record.run?.podUid === facts.uid ? record.run.ends : 0;
  const present = isWaiting ? null : runOf(state, { restartCount, isTold: told > restartCount, record });
  const earlier = isWaiting ? restartCount : restartCount - 1;
  const before = runOf(lastState, { restartCount: earlier, isTold: told > earlier, record });
  return {
    uid: facts.uid,
    namespace: pod.metadata?.namespace ?? '',
    name: pod.metadata?.name ?? '',
    container: botContainer,
    deploymentId: facts.deploymentId,
    runs: [before, present].filter((run) => run !== null),
    stopping: facts.deleting,
    over: facts.over,
  };
}

function runOf(
  state: ContainerState | undefined,
  { restartCount, isTold, record }: { restartCount: number; isTold: boolean; record: InstanceRecord },
): ContainerRun | null {
  const { running, terminated } = state ?? {};
  const startedAt = running?.startedAt ?? terminated?.startedAt;
  if (startedAt === undefined) return null;
  const run = { restartCount: Math.max(0, restartCount), startedAt: Date.parse(startedAt) };
  if (terminated === undefined || !isTold) return { ...run, ended: null };
  const { finishedAt = startedAt, exitCode } = terminated;
  const ended: RunEnd = { at: Date.parse(finishedAt), exitCode, code: endCode(finishedAt, record) };
  return { ...run, ended };
}

/** What the record counted as a crash has its reason; anything else was asked for. */
function endCode(finishedAt: string, { lastExit, run }: InstanceRecord): string {
  const isCounted = lastExit !== null && lastExit.at === Date.parse(finishedAt);
  return isCounted && run?.stopping !== true ? lastExit.reason.code : 'stopped';
}
