import type { LogPosition } from '../../log-source.ts';
import { isBadRequest, isNotFound } from '../client/kubernetes-error.ts';
import {
  ContainerLogMissing,
  type ContainerRecord,
  type LogClient,
  type ReadOptions,
  readContainerLog,
} from './container-log.ts';
import type { ContainerRun, LoggedPod } from './pod-runs.ts';
import { isAfter, justBefore, latest } from './positions.ts';

const glanceBytes = 256;

interface Tail {
  readonly client: LogClient;
  readonly signal: AbortSignal;
  readonly pod: LoggedPod;
  readonly run: ContainerRun;
}

/** The position after which about `lines` records of all runs are left; null where there are fewer. Reads little: not the lines themselves. */
export async function tailPositionOf(
  pods: readonly LoggedPod[],
  lines: number,
  options: { client: LogClient; signal: AbortSignal },
): Promise<LogPosition | null> {
  const tails = pods.flatMap((pod) => pod.runs.map((run): Tail => ({ ...options, pod, run }))).reverse();
  if (lines === 0) return tails[0] === undefined ? null : await endOf(tails[0]);
  let missing = lines;
  for (const [index, tail] of tails.entries()) {
    if (tail.run.ended !== null) missing -= 1;
    if (missing <= 0) return await beforeExit(tail);
    const first = await glance(tail, {});
    const firstOfTail = first === null ? null : await glance(tail, { tailLines: missing });
    if (firstOfTail !== null && isAfter(firstOfTail, first)) return justBefore(firstOfTail);
    if (index === tails.length - 1) return null;
    const held = first === null ? 0 : await count(tail);
    if (first !== null && held >= missing) return justBefore(first);
    missing -= held + 1;
    if (missing <= 0) return justBefore({ epoch: tail.run.startedAt, offset: 0 });
  }
  return null;
}

async function beforeExit(tail: Tail): Promise<LogPosition> {
  const own = justBefore({ epoch: tail.run.ended?.at ?? tail.run.startedAt, offset: 0 });
  return latest(own, await glance(tail, { tailLines: 1 }));
}

async function endOf(tail: Tail): Promise<LogPosition> {
  const { startedAt, ended } = tail.run;
  const begin = { epoch: startedAt, offset: 0 };
  const last = latest(begin, await glance(tail, { tailLines: 1 }));
  return ended === null ? last : latest({ epoch: ended.at, offset: 0 }, last);
}

/** The place of the first line that the kubelet gives. */
async function glance(tail: Tail, options: { tailLines?: number }): Promise<LogPosition | null> {
  for await (const record of recordsOf(tail, { ...options, limitBytes: glanceBytes })) return record.position;
  return null;
}

async function count(tail: Tail): Promise<number> {
  let lines = 0;
  for await (const _ of recordsOf(tail, {})) lines += 1;
  return lines;
}

async function* recordsOf(
  { client, signal, pod, run }: Tail,
  options: Pick<ReadOptions, 'tailLines' | 'limitBytes'>,
): AsyncGenerator<ContainerRecord> {
  let unfinished: ContainerRecord | null = null;
  const reading = readContainerLog({
    client,
    signal,
    namespace: pod.namespace,
    pod: pod.name,
    container: pod.container,
    previous: pod.runs.some(({ restartCount }) => restartCount > run.restartCount),
    after: null,
    follow: false,
    onUnfinished: (record) => {
      unfinished = record;
    },
    ...options,
  });
  try {
    for await (const records of reading) yield* records;
    if (unfinished !== null) yield unfinished;
  } catch (error) {
    // Its log is gone: nothing of it is left to read.
    if (!isNotFound(error) && !isBadRequest(error) && !(error instanceof ContainerLogMissing)) throw error;
  }
}
