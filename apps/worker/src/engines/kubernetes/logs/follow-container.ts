import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@zarpa/observability';
import type { LogPosition } from '../../log-source.ts';
import { type BackoffRange, fullJitterMs } from '../cache/backoff.ts';
import { isBadRequest, isNotFound } from '../client/kubernetes-error.ts';
import { abortedWith } from './aborted-with.ts';
import {
  ContainerLogMissing,
  type ContainerRecord,
  type ContainerRef,
  type LogClient,
  readContainerLog,
} from './container-log.ts';
import { LogGuard, StrangeLogError } from './log-guard.ts';

/** What is known of a run of a container at a moment. */
export interface RunView {
  readonly endedAt: number | null;
  /** A later run has begun in the pod. */
  readonly previous: boolean;
  /** The pod is being deleted: that the run has ended may be told late. */
  readonly stopping: boolean;
}

export interface FollowTimings {
  readonly backoff: BackoffRange;
  /** A stream that lasted so long was a good one. */
  readonly goodStreamMs: number;
  /** How long the stream of a run that has ended may stay open. */
  readonly lingerMs: number;
  /** For how long a log that does not look like this run's is taken for another run's. */
  readonly strangeMs: number;
}

export interface FollowContainerOptions extends ContainerRef {
  readonly client: LogClient;
  readonly after: LogPosition | null;
  /** Of what stands before the run's first record. */
  readonly floor: LogPosition | null;
  /** Without it, ends at the log's present end. */
  readonly follow: boolean;
  /** Null: nothing is known of it any more. */
  readonly view: () => RunView | null;
  /** Resolves when `view` may answer differently than at the call, or with the signal. */
  readonly changed: (signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly logger?: Logger | undefined;
  /** Told of each record up to `after` that was read again. */
  readonly onSkipped?: (position: LogPosition) => void;
  /** Told of a log that has come to its end though the run, which is stopping, is not known to have ended. */
  readonly onCaughtUp?: () => void;
  readonly random?: () => number;
  readonly timings?: Partial<FollowTimings>;
}

type Outcome = 'new' | 'nothing' | 'failed' | 'gone';

const defaultTimings: FollowTimings = {
  backoff: { minMs: 100, maxMs: 10_000 },
  goodStreamMs: 5_000,
  lingerMs: 5_000,
  strangeMs: 30_000,
};
const attemptsAtMost = 5;

/**
 * All records of one run of a container after `after`, over any number of broken connections. Ends when the run has ended and all that it
 * wrote was read, when its log is gone, or with `signal`. A quiet run is followed for as long as it lasts.
 */
export class ContainerFollower {
  readonly #options: FollowContainerOptions;
  readonly #timings: FollowTimings;
  readonly #guard: LogGuard;
  #last: LogPosition | null;
  #failures = 0;
  /** What the last reading found at the end without a line break. */
  #unfinished: ContainerRecord | null = null;
  /** What the reading before found so, where it found nothing else. */
  #end: { readonly unfinished: ContainerRecord | null } | null = null;
  #isCaughtUp = false;

  constructor(options: FollowContainerOptions) {
    this.#options = options;
    this.#timings = { ...defaultTimings, ...options.timings };
    this.#guard = new LogGuard(this.#timings.strangeMs);
    this.#last = options.after;
  }

  async *records(): AsyncGenerator<ContainerRecord[], void, undefined> {
    const { signal } = this.#options;
    while (!signal.aborted) {
      const pass = abortedWith(signal);
      const changed = this.#options.changed(pass.signal);
      try {
        const view = this.#options.view();
        if (view === null || (yield* this.#pass(view, changed))) return;
      } finally {
        pass.abort();
      }
    }
  }

  /** True when all is read. */
  async *#pass(view: RunView, changed: Promise<void>): AsyncGenerator<ContainerRecord[], boolean, undefined> {
    const { signal, follow } = this.#options;
    const begun = performance.now();
    this.#unfinished = null;
    const outcome = yield* this.#attempt(view);
    if (outcome === 'gone' && this.#isCaughtUp) yield* this.#rest();
    if (signal.aborted || outcome === 'gone') return true;
    const wasGood = outcome === 'new' || performance.now() - begun >= this.#timings.goodStreamMs;
    this.#failures = wasGood ? 0 : this.#failures + 1;
    if (outcome !== 'failed' && view.endedAt === null && !follow) return true;
    if (outcome !== 'failed' && view.endedAt !== null) return yield* this.#complete(outcome);
    if (outcome !== 'failed' && this.#options.view()?.stopping === true) {
      if (!this.#catchesUp(outcome)) return false;
    } else if (!this.#isCaughtUp) this.#end = null;
    await this.#pause(changed);
    return false;
  }

  /** The run has ended and its log was read to an end. */
  async *#complete(outcome: 'new' | 'nothing'): AsyncGenerator<ContainerRecord[], boolean, undefined> {
    if (!this.#isFoundTwice(outcome)) return false;
    yield* this.#rest();
    return true;
  }

  /** The run is stopping, and its log has come to an end: it was not cut off, so the run has ended. False until that is sure. */
  #catchesUp(outcome: 'new' | 'nothing'): boolean {
    const isEnd = this.#isFoundTwice(outcome);
    if (isEnd && !this.#isCaughtUp) this.#options.onCaughtUp?.();
    this.#isCaughtUp ||= isEnd;
    return this.#isCaughtUp;
  }

  /** An answer that broke off on the kubelet's side looks complete: only what is found twice is the end. */
  #isFoundTwice(outcome: 'new' | 'nothing'): boolean {
    const before = this.#end;
    const unfinished = this.#unfinished;
    this.#end = outcome === 'nothing' ? { unfinished } : null;
    return before !== null && this.#end !== null && before.unfinished?.bytes.length === unfinished?.bytes.length;
  }

  *#rest(): Generator<ContainerRecord[], void, undefined> {
    const unfinished = this.#end?.unfinished ?? null;
    if (unfinished !== null) yield [unfinished];
  }

  async *#attempt(view: RunView): AsyncGenerator<ContainerRecord[], Outcome, undefined> {
    const { signal, logger, pod, follow } = this.#options;
    try {
      return (yield* this.#read(view)) ? 'new' : 'nothing';
    } catch (error) {
      if (signal.aborted) return 'failed';
      // A kubelet that has just started says this of pods that it has not heard of yet: as long as there is the pod, there may be its log.
      if (isNotFound(error) && (!follow || this.#options.view() === null)) return 'gone';
      const isHopeless = this.#isCaughtUp || this.#failures + 1 >= attemptsAtMost;
      // The kubelet's answers for a container that it has removed, or not started yet.
      const isMissing = isBadRequest(error) || error instanceof ContainerLogMissing;
      if (isMissing && view.endedAt !== null && isHopeless) return 'gone';
      if (!follow && isHopeless && !(error instanceof StrangeLogError)) throw error;
      logger?.debug({ err: error, pod, failures: this.#failures }, 'Lost the log of a container');
      return 'failed';
    }
  }

  async *#read(view: RunView): AsyncGenerator<ContainerRecord[], boolean, undefined> {
    const { client, floor, namespace, pod, container, onSkipped } = this.#options;
    const check = this.#guard.begin(view.endedAt);
    const attempt = abortedWith(this.#options.signal);
    const { signal } = attempt;
    if (view.endedAt === null) void this.#abortWhenOver(attempt);
    const reading = readContainerLog({
      client,
      namespace,
      pod,
      container,
      floor,
      signal,
      after: this.#last,
      previous: view.previous,
      follow: this.#options.follow && view.endedAt === null,
      onSkipped: (position) => {
        check.skipped(position);
        onSkipped?.(position);
      },
      onUnfinished: (record) => {
        this.#unfinished = record;
      },
    });
    let isNew = false;
    try {
      for await (const records of reading) {
        check.accept(records);
        isNew = true;
        this.#last = records.at(-1)?.position ?? this.#last;
        yield records;
      }
    } finally {
      attempt.abort();
    }
    if (view.endedAt !== null) check.complete();
    return isNew;
  }

  /** Its node may have vanished: nobody would ever end the stream. */
  async #abortWhenOver(attempt: AbortController): Promise<void> {
    const { signal } = attempt;
    while (!signal.aborted) {
      const changed = this.#options.changed(signal);
      const view = this.#options.view();
      if (view === null || view.endedAt !== null) {
        await delay(this.#timings.lingerMs, undefined, { signal }).catch(() => undefined);
        attempt.abort();
      }
      await changed;
    }
  }

  async #pause(changed: Promise<void>): Promise<void> {
    const { signal, random = Math.random } = this.#options;
    const over = new AbortController();
    const waitMs = fullJitterMs(this.#failures, this.#timings.backoff, random);
    const wait = delay(waitMs, undefined, { signal: AbortSignal.any([signal, over.signal]) });
    await Promise.race([changed, wait]).catch(() => undefined);
    over.abort();
    await wait.catch(() => undefined);
  }
}
