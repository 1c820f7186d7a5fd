import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { addresses } from './addresses.ts';

/** A part of the shared Redis that one test file has for itself: keys that begin with `keyPrefix`. */
export interface TestRedis {
  readonly url: string;
  readonly keyPrefix: string;
  /** Deletes every key under the prefix. */
  drop(): Promise<void>;
}

/** Reserves a key prefix. */
export function createTestRedis(): TestRedis {
  const url = addresses.redis();
  const keyPrefix = `zarpa-test:${randomUUID()}:`;
  return {
    url,
    keyPrefix,
    async drop() {
      const redis = new Redis(url);
      try {
        for await (const keys of redis.scanStream({ match: `${keyPrefix}*`, count: 1_000 })) {
          if (keys.length > 0) await redis.unlink(...keys);
        }
      } finally {
        redis.disconnect();
      }
    },
  };
}
