import { EventEmitter, once } from 'node:events';
import type { Logger } from '@zarpa/observability';
import { Redis } from 'ioredis';

/** One connection to Redis that comes back for ever. A command fails at once while it is away, and is never sent twice. */
export interface RedisLink {
  readonly redis: Redis;
  /** Raised with each connection: what was true of the data before need not be true any more. */
  readonly generation: number;
  /** Resolves when commands may be sent; rejects when `signal` aborts. */
  ready(signal?: AbortSignal): Promise<void>;
  /** Calls back after each connection that came back. Returns a function that ends this. */
  onReconnected(listener: () => void): () => void;
  close(): Promise<void>;
}

const maxRetryMs = 1_000;
const socketTimeoutMs = 15_000;

export function connectRedis(options: { url: string; logger: Logger }): RedisLink {
  const { url, logger } = options;
  const events = new EventEmitter().setMaxListeners(0);
  let generation = 0;
  let closing = false;
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    socketTimeout: socketTimeoutMs,
    retryStrategy: (attempt) => Math.min(25 * 2 ** attempt, maxRetryMs),
  });
  redis.on('ready', () => {
    generation += 1;
    logger.info({ generation }, 'Connected to Redis');
    events.emit('ready');
    if (generation > 1) events.emit('reconnected');
  });
  redis.on('close', () => {
    if (!closing) logger.warn('Lost the connection to Redis');
  });
  redis.on('error', (error) => logger.debug({ err: error }, 'Failed to connect to Redis'));

  return {
    redis,
    get generation() {
      return generation;
    },
    async ready(signal) {
      signal?.throwIfAborted();
      while (redis.status !== 'ready') await once(events, 'ready', { signal });
    },
    onReconnected(listener) {
      events.on('reconnected', listener);
      return () => events.off('reconnected', listener);
    },
    async close() {
      closing = true;
      if (redis.status === 'ready') await redis.quit().catch(() => undefined);
      redis.disconnect();
    },
  };
}
