import { setTimeout as delay } from 'node:timers/promises';

const lookMs = 20;

/** Looks until something is there. @throws with what `state` says when that takes too long. */
export async function waitUntil<T>(
  what: string,
  timeoutMs: number,
  look: () => T | null | Promise<T | null>,
  state: () => unknown,
): Promise<T> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await delay(lookMs)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error(`Waited ${timeoutMs} ms in vain until ${what}: ${JSON.stringify(state(), null, 1)}`);
}
