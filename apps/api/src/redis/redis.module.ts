import { Global, Module } from '@nestjs/common';
import { RedisConnections } from './redis-connections.ts';
import { StreamHub } from './stream-hub.ts';
import { StreamReads } from './stream-reads.ts';

/** Redis, and the streams in it. */
@Global()
@Module({
  providers: [RedisConnections, StreamHub, StreamReads],
  exports: [RedisConnections, StreamHub, StreamReads],
})
export class RedisModule {}
