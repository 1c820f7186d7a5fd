import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@zarpa/observability';
import type { RedisLink } from '../redis/redis-link.ts';

/** One log's way into its stream, kept up whatever happens to Redis or to the source. */
export interface StreamFollower {
  /** Resolves when the log is over, or after `stop`. */
  readonly done: Promise<void>;
  /** Begins anew from what the stream holds. */
  restart(): void;
  stop(): void;
}

/** One attempt: ends with `over` when the log is over, with `again` when the stream has to be looked at anew. */
export type FollowAttempt = (signal: AbortSignal) => Promise<'over' | 'again'>;

const retryMs = 1_000;

export function createStreamFollower(options: {
  link: RedisLink;
  logger: Logger;
  attempt: FollowAttempt;
}): StreamFollower {
  const { link, logger, attempt } = options;
  const stopped = new AbortController();
  let current = new AbortController();

  const once = async (): Promise<'over' | 'again'> => {
    await link.ready(stopped.signal);
    current = new AbortController();
    const signal = AbortSignal.any([stopped.signal, current.signal]);
    try {
      const outcome = await attempt(signal);
      return signal.aborted ? 'again' : outcome;
    } catch (error) {
      if (signal.aborted || link.redis.status !== 'ready') return 'again';
      logger.warn({ err: error }, 'Failed to follow a log');
      await delay(retryMs, undefined, { signal: stopped.signal });
      return 'again';
    }
  };
  const run = async () => {
    try {
      while ((await once()) === 'again') stopped.signal.throwIfAborted();
    } catch (error) {
      if (!stopped.signal.aborted) throw error;
    }
  };

  return { done: run(), restart: () => current.abort(), stop: () => stopped.abort() };
}
