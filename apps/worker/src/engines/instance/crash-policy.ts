/** When a bot that ended is started again, and when no more. */
export interface CrashPolicy {
  /** Wait before the first new start; doubled with each crash. */
  readonly firstBackoffMs: number;
  readonly longestBackoffMs: number;
  /** So many crashes within the window stop it. */
  readonly maxCrashes: number;
  readonly windowMs: number;
}

export const defaultCrashPolicy: CrashPolicy = {
  firstBackoffMs: 1_000,
  longestBackoffMs: 60_000,
  maxCrashes: 10,
  windowMs: 10 * 60_000,
};

/** What follows a crash. `crashes` are those that count from now on, this one included. */
export interface CrashVerdict {
  readonly crashes: number[];
  /** Null: it is not started again. */
  readonly nextStartAt: number | null;
}

/** Pure: the consequence of a crash at `now`, after `earlier` ones. Crashes older than the window are forgotten. */
export function afterCrash(policy: CrashPolicy, earlier: readonly number[], now: number): CrashVerdict {
  const crashes = [...earlier.filter((at) => at > now - policy.windowMs), now];
  if (crashes.length >= policy.maxCrashes) return { crashes, nextStartAt: null };
  const backoffMs = Math.min(policy.firstBackoffMs * 2 ** (crashes.length - 1), policy.longestBackoffMs);
  return { crashes, nextStartAt: now + backoffMs };
}
