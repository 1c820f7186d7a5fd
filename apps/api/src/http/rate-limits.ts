import { Inject, Injectable } from '@nestjs/common';
import type { OwnerId } from '@zarpa/contracts';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../problems/domain-error.ts';
import { RedisConnections } from '../redis/redis-connections.ts';
import { SETTINGS, type Settings } from '../settings.ts';

/** How much one owner or address may ask for, counted over all API nodes; by each alone while Redis is away. */
@Injectable()
export class RateLimits {
  private readonly writes: RateLimiterRedis;
  private readonly sessions: RateLimiterRedis;

  constructor(redis: RedisConnections, @Inject(SETTINGS) settings: Settings) {
    const limiter = (name: string, points: number, duration: number): RateLimiterRedis =>
      new RateLimiterRedis({
        storeClient: redis.commands,
        keyPrefix: `${settings.REDIS_KEY_PREFIX}limit:${name}`,
        points,
        duration,
        rejectIfRedisNotReady: true,
        insuranceLimiter: new RateLimiterMemory({ points, duration }),
      });
    this.writes = limiter('writes', settings.WRITES_PER_MINUTE, 60);
    this.sessions = limiter('sessions', settings.SESSIONS_PER_HOUR, 3600);
  }

  write(ownerId: OwnerId): Promise<void> {
    return this.take(this.writes, ownerId);
  }

  newSession(address: string): Promise<void> {
    return this.take(this.sessions, address);
  }

  private async take(limiter: RateLimiterRedis, key: string): Promise<void> {
    try {
      await limiter.consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new DomainError('too_many_requests', { retryAfterSeconds });
    }
  }
}
