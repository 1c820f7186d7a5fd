import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@zarpa/observability';
import { Redis } from 'ioredis';
import { LOGGER } from '../platform/logger.ts';
import { SETTINGS, type Settings } from '../settings.ts';

/** Redis comes back by itself; what is asked meanwhile fails at once on `commands` and waits on the others. */
@Injectable()
export class RedisConnections implements OnApplicationShutdown {
  readonly commands: Redis;
  private readonly all: Redis[] = [];

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.commands = this.connect('commands', { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  }

  /** A connection of one's own, for commands that block or subscribe. */
  dedicated(name: string): Redis {
    return this.connect(name, { maxRetriesPerRequest: null });
  }

  onApplicationShutdown(): void {
    for (const redis of this.all) redis.disconnect();
  }

  private connect(name: string, options: { enableOfflineQueue?: boolean; maxRetriesPerRequest: number | null }): Redis {
    const redis = new Redis(this.settings.REDIS_URL.reveal(), {
      ...options,
      connectionName: `zarpa-api-${name}`,
      retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
      connectTimeout: 5_000,
      noDelay: true,
    });
    redis.on('error', (err: unknown) => this.logger.warn({ err, connection: name }, 'Lost Redis connection'));
    redis.on('ready', () => this.logger.info({ connection: name }, 'Opened Redis connection'));
    this.all.push(redis);
    return redis;
  }
}
