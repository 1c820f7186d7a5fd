import type { Logger } from '@zarpa/observability';
import { type BackoffRange, equalJitterMs } from './backoff.ts';

const longestTimerMs = 2 ** 31 - 1;
const defaultBackoff: BackoffRange = { minMs: 1_000, maxMs: 300_000 };
/** Something changed during the pass that failed: the next one may see another world. */
const changedBackoffMaxMs = 10_000;

/**
 * Keys to be looked at. One pass per key at a time; a key added while its pass runs gets one more. A pass that throws is tried again
 * after a while that doubles with each failure in a row; `add` does not wait for that.
 */
export class WorkQueue<K extends string> {
  readonly #handle: (key: K, signal: AbortSignal) => Promise<void>;
  readonly #concurrency: number;
  readonly #logger: Logger;
  readonly #random: () => number;
  readonly #backoff: BackoffRange;
  readonly #waiting = new Set<K>();
  readonly #running = new Map<K, Promise<void>>();
  readonly #changedMeanwhile = new Set<K>();
  readonly #timers = new Map<K, { dueAt: number; timer: NodeJS.Timeout }>();
  readonly #failures = new Map<K, number>();
  readonly #stopped = new AbortController();

  constructor(options: {
    handle: (key: K, signal: AbortSignal) => Promise<void>;
    concurrency: number;
    logger: Logger;
    random?: () => number;
    backoff?: BackoffRange;
  }) {
    this.#handle = options.handle;
    this.#concurrency = options.concurrency;
    this.#logger = options.logger;
    this.#random = options.random ?? Math.random;
    this.#backoff = options.backoff ?? defaultBackoff;
  }

  /** Keys that wait for a pass or have one running. */
  get size(): number {
    return this.#waiting.size + this.#running.size;
  }

  add(key: K): void {
    if (this.#stopped.signal.aborted) return;
    if (this.#running.has(key)) this.#changedMeanwhile.add(key);
    else this.#waiting.add(key);
    this.#fill();
  }

  /** A pass in so many milliseconds at the latest; of several such wishes the earliest holds. */
  addAfter(key: K, delayMs: number): void {
    if (this.#stopped.signal.aborted) return;
    const dueAt = performance.now() + delayMs;
    const known = this.#timers.get(key);
    if (known !== undefined && known.dueAt <= dueAt) return;
    clearTimeout(known?.timer);
    const timer = setTimeout(
      () => {
        this.#timers.delete(key);
        this.add(key);
      },
      Math.min(Math.max(0, delayMs), longestTimerMs),
    );
    this.#timers.set(key, { dueAt, timer });
  }

  /** Forgets what waits, aborts the signal of what runs, and resolves when that has ended. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    for (const { timer } of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#waiting.clear();
    this.#changedMeanwhile.clear();
    await Promise.all(this.#running.values());
  }

  #fill(): void {
    for (const key of this.#waiting) {
      if (this.#running.size >= this.#concurrency) return;
      this.#waiting.delete(key);
      this.#running.set(key, this.#pass(key));
    }
  }

  async #pass(key: K): Promise<void> {
    const failed = await this.#attempt(key);
    this.#running.delete(key);
    const changed = this.#changedMeanwhile.delete(key);
    if (failed) this.#retryLater(key, changed);
    else if (changed) this.add(key);
    this.#fill();
  }

  async #attempt(key: K): Promise<boolean> {
    const { signal } = this.#stopped;
    try {
      // Nothing of a pass runs inside add().
      await Promise.resolve();
      await this.#handle(key, signal);
      this.#failures.delete(key);
      return false;
    } catch (error) {
      if (signal.aborted) return false;
      const failures = (this.#failures.get(key) ?? 0) + 1;
      this.#failures.set(key, failures);
      this.#logger.warn({ err: error, key, failures }, 'A pass failed and will be tried again');
      return true;
    }
  }

  #retryLater(key: K, changed: boolean): void {
    const { minMs, maxMs } = this.#backoff;
    const range = { minMs, maxMs: changed ? Math.min(maxMs, changedBackoffMaxMs) : maxMs };
    this.addAfter(key, equalJitterMs(this.#failures.get(key) ?? 1, range, this.#random));
  }
}
