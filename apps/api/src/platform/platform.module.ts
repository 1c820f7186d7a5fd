import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Broker } from '../broker/broker.ts';
import { ChangeFeed } from '../changes/change-feed.ts';
import { dataSourceOptions } from '../database/data-source.ts';
import { Database } from '../database/database.ts';
import { RateLimits } from '../http/rate-limits.ts';
import { RedisModule } from '../redis/redis.module.ts';
import { Sealer } from '../sealing/sealer.ts';
import { SETTINGS, type Settings } from '../settings.ts';

/** What all modules stand on: PostgreSQL, RabbitMQ, Redis, sealing. */
@Global()
@Module({
  imports: [
    RedisModule,
    TypeOrmModule.forRootAsync({
      inject: [SETTINGS],
      useFactory: (settings: Settings) => ({
        ...dataSourceOptions(settings.DATABASE_URL.reveal(), settings.DATABASE_POOL_SIZE),
        retryAttempts: 5,
        retryDelay: 1_000,
      }),
    }),
  ],
  providers: [
    { provide: Sealer, inject: [SETTINGS], useFactory: (settings: Settings) => new Sealer(settings.ENVIRONMENT_KEYS) },
    Database,
    RateLimits,
    Broker,
    ChangeFeed,
  ],
  exports: [Sealer, Database, RateLimits, Broker, ChangeFeed],
})
export class PlatformModule {}
