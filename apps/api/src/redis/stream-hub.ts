import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@zarpa/observability';
import type { Redis } from 'ioredis';
import { LOGGER } from '../platform/logger.ts';
import { SETTINGS, type Settings } from '../settings.ts';
import { RedisConnections } from './redis-connections.ts';
import { type StreamEntry, StreamReads } from './stream-reads.ts';

export type StreamListener = (entries: readonly StreamEntry[]) => void;

interface Watched {
  lastId: string | undefined;
  readonly listeners: Set<StreamListener>;
}

const blockMs = 5_000;
const entriesPerRead = 1_000;

/**
 * One blocking reader for all streams that this process watches, however many listen. It reads every stream together
 * with a control stream of its own, by which it is woken when the set of streams changes: unlike CLIENT UNBLOCK an entry
 * there cannot come too early to be seen.
 */
@Injectable()
export class StreamHub implements OnApplicationShutdown {
  private readonly control: string;
  private controlId = '0-0';
  private readonly streams = new Map<string, Watched>();
  private readonly reader: Redis;
  private reading: Promise<void> | undefined;
  private closed = false;

  constructor(
    private readonly connections: RedisConnections,
    private readonly reads: StreamReads,
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.control = `${settings.REDIS_KEY_PREFIX}reader:${randomUUID()}`;
    this.reader = connections.dedicated('reader');
  }

  /**
   * Resolves when whatever is added to the stream from now on reaches the listener; the listener may also get entries
   * that were added a moment before. Returns how to stop.
   */
  async listen(key: string, listener: StreamListener): Promise<() => void> {
    const watched = this.streams.get(key) ?? { lastId: undefined, listeners: new Set() };
    this.streams.set(key, watched);
    watched.listeners.add(listener);
    const stop = (): void => this.stop(key, watched, listener);
    try {
      const newest = await this.reads.newestId(key);
      watched.lastId ??= newest;
    } catch (error) {
      stop();
      throw error;
    }
    this.reading ??= this.read();
    this.wake();
    return stop;
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    this.reader.disconnect();
    await this.reading;
  }

  private stop(key: string, watched: Watched, listener: StreamListener): void {
    watched.listeners.delete(listener);
    if (watched.listeners.size === 0 && this.streams.get(key) === watched) this.streams.delete(key);
  }

  /** A reader that is not reached is not connected, and looks at the streams anew when it is. */
  private wake(): void {
    const { commands } = this.connections;
    const woken = commands
      .pipeline()
      .xadd(this.control, 'MAXLEN', '1', '*', 'w', '1')
      .expire(this.control, 3600)
      .exec();
    woken.catch(() => undefined);
  }

  private async read(): Promise<void> {
    while (!this.closed) {
      try {
        for (const [key, entries] of await this.next()) this.deliver(key, entries);
      } catch (error) {
        if (this.closed) return;
        this.logger.warn({ err: error }, 'Failed to read streams');
        await delay(100);
      }
    }
  }

  private async next(): Promise<[string, StreamEntry[]][]> {
    const ready = [...this.streams].filter(([, { lastId }]) => lastId !== undefined);
    const keys = [this.control, ...ready.map(([key]) => key)];
    const ids = [this.controlId, ...ready.map(([, { lastId }]) => lastId ?? '$')];
    const answer = await this.reader.xread('COUNT', entriesPerRead, 'BLOCK', blockMs, 'STREAMS', ...keys, ...ids);
    return answer ?? [];
  }

  private deliver(key: string, entries: readonly StreamEntry[]): void {
    const newest = entries.at(-1)?.[0];
    if (newest === undefined) return;
    if (key === this.control) {
      this.controlId = newest;
      return;
    }
    const watched = this.streams.get(key);
    if (!watched) return;
    watched.lastId = newest;
    for (const listener of [...watched.listeners]) listener(entries);
  }
}
