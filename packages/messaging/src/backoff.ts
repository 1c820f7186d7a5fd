const firstMs = 100;
const longestMs = 2_000;

/** Delay before attempt n (from 0): doubles up to 2 s, and half of it is random so that clients do not return at once. */
export function backoffMs(attempt: number): number {
  const ceilingMs = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 16));
  return ceilingMs / 2 + Math.random() * (ceilingMs / 2);
}
