import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from './problem.ts';

interface Wait<T> {
  /** Ends the sentence "Waited … for". */
  readonly what: string;
  readonly timeoutMs: number;
  readonly intervalMs?: number;
  readonly signal?: AbortSignal;
  /** Returns undefined while the condition does not hold yet. */
  readonly attempt: () => Promise<T | undefined>;
}

/** Tries until the condition holds. @throws Problem after the deadline. */
export async function waitUntil<T>({ what, timeoutMs, intervalMs = 150, signal, attempt }: Wait<T>): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    signal?.throwIfAborted();
    const result = await attempt();
    if (result !== undefined) return result;
    await delay(intervalMs, undefined, { signal });
  }
  throw new Problem(`Waited ${Math.round(timeoutMs / 1_000)} s for ${what}, in vain.`);
}
