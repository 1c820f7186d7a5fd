export interface BackoffRange {
  readonly minMs: number;
  readonly maxMs: number;
}

/** Full jitter: anywhere up to twice the range of the failure before, so that many who failed together come back apart. */
export function fullJitterMs(failures: number, { minMs, maxMs }: BackoffRange, random: () => number): number {
  const ceiling = Math.min(maxMs, minMs * 2 ** Math.min(failures, 30));
  return Math.round(random() * ceiling);
}

/** Equal jitter: never less than half of what is due. */
export function equalJitterMs(failures: number, { minMs, maxMs }: BackoffRange, random: () => number): number {
  const ceiling = Math.min(maxMs, minMs * 2 ** Math.min(Math.max(0, failures - 1), 30));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
