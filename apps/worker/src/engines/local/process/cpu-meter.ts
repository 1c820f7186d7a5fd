import type { ProcessEntry } from './process-table.ts';

/** Ticks a second of /proc: 100 on every Linux that Node runs on. */
const msPerTick = 10;

/** Adds up the processor time of processes that come and go. */
export class CpuMeter {
  #usedMs = 0;
  #lastTicks = new Map<string, number>();
  #taken = { usedMs: 0, at: 0 };

  /** A look at the processes: what each used since the last look is added. */
  look(members: readonly ProcessEntry[]): void {
    const ticks = new Map(members.map((entry) => [`${entry.pid}:${entry.startTicks}`, entry.cpuTicks]));
    for (const [key, now] of ticks) this.#usedMs += (now - (this.#lastTicks.get(key) ?? 0)) * msPerTick;
    this.#lastTicks = ticks;
  }

  /** A bot that was running before this worker: what it used so far is not of this interval. */
  skip(members: readonly ProcessEntry[]): void {
    this.#lastTicks = new Map(members.map((entry) => [`${entry.pid}:${entry.startTicks}`, entry.cpuTicks]));
  }

  /** Thousandths of a core, on average since the last time it was taken (or since `since`). */
  take(now: number, since: number): number {
    const elapsedMs = now - Math.max(this.#taken.at, since);
    const usedMs = this.#usedMs - this.#taken.usedMs;
    this.#taken = { usedMs: this.#usedMs, at: now };
    return elapsedMs <= 0 ? 0 : Math.round((usedMs / elapsedMs) * 1000);
  }
}
