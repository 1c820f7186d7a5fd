const firstDelayMs = 500;
const longestDelayMs = 30_000;
const stableAfterMs = 60_000;

/** How long to wait before the next restart: doubling while it keeps dying, from the start again once it ran for a minute. */
export function nextBackoff(previousMs: number | undefined, ranForMs: number): number {
  if (previousMs === undefined || ranForMs >= stableAfterMs) return firstDelayMs;
  return Math.min(previousMs * 2, longestDelayMs);
}
