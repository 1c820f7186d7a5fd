import { Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisConnections } from './redis-connections.ts';

/** An entry's id and its fields, name and value in turn. */
export type StreamEntry = [id: string, fields: string[]];

/** Reads of parts of streams. While Redis is away they wait for it. */
@Injectable()
export class StreamReads {
  private readonly redis: Redis;

  constructor(connections: RedisConnections) {
    this.redis = connections.dedicated('history');
  }

  /** `0-0` where the stream is empty. */
  async newestId(key: string): Promise<string> {
    const [newest] = await this.redis.xrevrange(key, '+', '-', 'COUNT', 1);
    return newest?.[0] ?? '0-0';
  }

  async oldestId(key: string): Promise<string | undefined> {
    const [oldest] = await this.redis.xrange(key, '-', '+', 'COUNT', 1);
    return oldest?.[0];
  }

  async has(key: string, id: string): Promise<boolean> {
    const found = await this.redis.xrange(key, id, id, 'COUNT', 1);
    return found.length > 0;
  }

  /** Oldest first, after `id` (exclusive), from the beginning where it is null. */
  after(key: string, id: string | null, count: number): Promise<StreamEntry[]> {
    return this.redis.xrange(key, id === null ? '-' : `(${id}`, '+', 'COUNT', count);
  }

  /** Newest first, before `id` (exclusive), from the end where it is null. */
  before(key: string, id: string | null, count: number): Promise<StreamEntry[]> {
    return this.redis.xrevrange(key, id === null ? '+' : `(${id}`, '-', 'COUNT', count);
  }
}
