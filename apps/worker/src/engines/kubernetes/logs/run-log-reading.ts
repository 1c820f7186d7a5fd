import type { Logger } from '@zarpa/observability';
import type { LogPosition, RawLogRecord } from '../../log-source.ts';
import { abortedWith } from './aborted-with.ts';
import { type ContainerRecord, type LogClient, readContainerLog } from './container-log.ts';
import { ContainerFollower, type FollowTimings, type RunView } from './follow-container.ts';
import type { ContainerRun, LoggedPod, PodRuns, RunEnd, RunLogListener } from './pod-runs.ts';
import { isAfter, latest, placeAfter } from './positions.ts';

export interface RunLogReadingOptions {
  readonly client: LogClient;
  readonly runs: PodRuns;
  readonly after: LogPosition | null;
  readonly follow: boolean;
  readonly signal: AbortSignal;
  readonly listener: RunLogListener;
  readonly logger?: Logger | undefined;
  readonly timings?: Partial<FollowTimings> | undefined;
}

interface PodRun {
  readonly id: string;
  readonly pod: LoggedPod;
  readonly run: ContainerRun;
}

/** Lines are stamped up to about so long after the end that the kubelet tells. */
const longPastMs = 3_000;
const glanceBytes = 256;

/** Reads the runs of an instance one after another: `started`, its lines, `exited`. */
export class RunLogReading {
  readonly #options: RunLogReadingOptions;
  readonly #done = new Set<string>();
  readonly #caughtUp = new Set<string>();
  readonly #drained = new Set<string>();
  readonly #toldFirstLine = new Set<string>();
  /** Of the last record, also where it was left out. */
  #last: LogPosition | null = null;

  constructor(options: RunLogReadingOptions) {
    this.#options = options;
  }

  async *records(): AsyncGenerator<RawLogRecord[], void, undefined> {
    const { runs, follow, signal } = this.#options;
    while (!signal.aborted) {
      const pass = abortedWith(signal);
      const changed = runs.changed(pass.signal);
      try {
        const next = this.#next();
        if (next !== null) {
          yield* this.#run(next);
          continue;
        }
        if (follow) this.#tellRead();
        if (!follow || runs.over()) return;
        await changed;
      } finally {
        pass.abort();
      }
    }
  }

  #next(): PodRun | null {
    for (const pod of this.#options.runs.pods()) {
      for (const run of pod.runs) {
        const id = `${pod.uid}/${run.restartCount}`;
        if (!this.#done.has(id)) return { id, pod, run };
      }
    }
    return null;
  }

  /** What was yielded before is with the reader: it has asked for more. */
  #tellRead(): void {
    const { runs, listener } = this.#options;
    for (const { uid, over, stopping } of runs.pods()) {
      if (stopping && !over) this.#tellCaughtUp(uid);
      if (!over || this.#drained.has(uid)) continue;
      this.#drained.add(uid);
      listener.onDrained?.(uid);
    }
  }

  #tellCaughtUp(uid: string): void {
    if (this.#caughtUp.has(uid)) return;
    this.#caughtUp.add(uid);
    this.#options.listener.onCaughtUp?.(uid);
  }

  async *#run(found: PodRun): AsyncGenerator<RawLogRecord[], void, undefined> {
    const { id, pod, run } = found;
    const { after, signal } = this.#options;
    const data = { deploymentId: pod.deploymentId, runId: id };
    const started = placeAfter(this.#last, { at: run.startedAt, nanoseconds: 0 });
    this.#last = started;
    this.#done.add(id);
    if (run.ended !== null && isLongPast(started, run.ended, after)) {
      this.#last = latest(started, { epoch: run.ended.at, offset: 0 });
      return;
    }
    yield* this.#marker('started', started, { text: 'Started', data });
    await this.#glance(found, started);
    yield* this.#lines(found, started);
    const end = await this.#endOf(found);
    if (signal.aborted || end === undefined) return;
    const ended = placeAfter(this.#last, { at: end?.at ?? 0, nanoseconds: 0 });
    this.#last = ended;
    yield* this.#marker('exited', ended, exitOf(end, data));
  }

  async *#lines(found: PodRun, floor: LogPosition): AsyncGenerator<RawLogRecord[], void, undefined> {
    const { client, runs, after, follow, signal, logger, timings } = this.#options;
    const { namespace, name, container } = found.pod;
    const follower = new ContainerFollower({
      client,
      namespace,
      pod: name,
      container,
      floor,
      follow,
      signal,
      logger,
      after: after !== null && isAfter(after, floor) ? after : null,
      view: () => this.#view(found),
      changed: (until) => runs.changed(until),
      onSkipped: (position) => this.#seen(found, position),
      onCaughtUp: () => this.#tellCaughtUp(found.pod.uid),
      ...(timings === undefined ? {} : { timings }),
    });
    for await (const records of follower.records()) {
      this.#seen(found, records.at(-1)?.position ?? floor);
      yield records.map(toRaw);
    }
  }

  #seen({ id }: PodRun, position: LogPosition): void {
    this.#last = position;
    this.#tellFirstLine(id);
  }

  #tellFirstLine(runId: string): void {
    if (!this.#options.follow || this.#toldFirstLine.has(runId)) return;
    this.#toldFirstLine.add(runId);
    this.#options.listener.onFirstLine?.(runId);
  }

  /** The run's first line may be so long ago that it is not read again. */
  async #glance({ id, pod }: PodRun, started: LogPosition): Promise<void> {
    const { client, after, follow, signal } = this.#options;
    if (!follow || after === null || !isAfter(after, started)) return;
    let hasLine = false;
    const found = () => {
      hasLine = true;
    };
    const place = { namespace: pod.namespace, pod: pod.name, container: pod.container };
    const reading = readContainerLog({
      ...place,
      client,
      signal,
      after: null,
      follow: false,
      limitBytes: glanceBytes,
      onUnfinished: found,
    });
    try {
      for await (const _ of reading) found();
    } catch {
      // What can not be read now is told when its lines are read.
    }
    if (hasLine) this.#tellFirstLine(id);
  }

  /** Null: nobody knows. Undefined: it has not ended. */
  async #endOf(found: PodRun): Promise<RunEnd | null | undefined> {
    const { runs, follow, signal } = this.#options;
    for (;;) {
      const pass = abortedWith(signal);
      const changed = runs.changed(pass.signal);
      const known = this.#find(found);
      if (known !== null && known.run.ended === null && follow && !signal.aborted) {
        // Its log is gone before the news of its end came.
        await changed;
        pass.abort();
        continue;
      }
      pass.abort();
      return known === null ? null : (known.run.ended ?? undefined);
    }
  }

  #find({ id, pod }: PodRun): PodRun | null {
    const now = this.#options.runs.pods().find(({ uid }) => uid === pod.uid);
    const run = now?.runs.find(({ restartCount }) => `${pod.uid}/${restartCount}` === id);
    return now === undefined || run === undefined ? null : { id, pod: now, run };
  }

  #view(found: PodRun): RunView | null {
    const now = this.#find(found);
    if (now === null) return null;
    const previous = now.pod.runs.some(({ restartCount }) => restartCount > now.run.restartCount);
    return { endedAt: now.run.ended?.at ?? null, previous, stopping: now.pod.stopping };
  }

  *#marker(
    kind: 'started' | 'exited',
    position: LogPosition,
    { text, data }: { text: string; data: Record<string, string> },
  ): Generator<RawLogRecord[]> {
    if (!isAfter(position, this.#options.after)) return;
    yield [{ kind, position, at: position.epoch, bytes: Buffer.from(text), data }];
  }
}

/** Nothing of the run comes after `after`. */
const isLongPast = (started: LogPosition, end: RunEnd, after: LogPosition | null): boolean =>
  after !== null && after.epoch >= Math.max(started.epoch, end.at) + longPastMs;

/** Without an end: it went away with its pod, and nobody saw how. */
function exitOf(end: RunEnd | null, data: Record<string, string>) {
  if (end === null) return { text: 'Ended', data: { ...data, code: 'killed' } };
  const { code, exitCode } = end;
  if (exitCode === null) return { text: 'Ended', data: { ...data, code } };
  return { text: `Ended with exit code ${exitCode}`, data: { ...data, code, exitCode: String(exitCode) } };
}

const toRaw = (record: ContainerRecord): RawLogRecord => ({ ...record, data: null });
