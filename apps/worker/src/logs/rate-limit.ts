export interface RateLimit {
  /** Whether a line of this time is kept. Once the limit is reached, nothing is kept until a second's worth is free again. */
  take(at: number): boolean;
}

/** A token bucket in the time of the lines themselves, so that a backlog read late is judged as it was written. */
export function createRateLimit(options: { perSecond: number }): RateLimit {
  const { perSecond } = options;
  let tokens = perSecond;
  let last = 0;
  let closed = false;
  return {
    take(at) {
      const elapsedMs = Math.max(0, at - last);
      last = Math.max(last, at);
      tokens = Math.min(perSecond, tokens + (elapsedMs * perSecond) / 1_000);
      if (tokens >= perSecond) closed = false;
      if (closed) return false;
      tokens -= 1;
      if (tokens < 1) closed = true;
      return true;
    },
  };
}
