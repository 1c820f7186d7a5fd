import { compareLogIds, type LogLine } from '@zarpa/contracts';
import type { StreamListener } from '../../redis/stream-hub.ts';
import type { StreamEntry, StreamReads } from '../../redis/stream-reads.ts';
import { logLines } from './log-lines.ts';

/** Where lines go: one browser. */
export interface LogSink {
  send(lines: LogLine[], reset: boolean): void;
  /** Resolves at once unless the browser reads more slowly than lines come; then when it has caught up. */
  ready(): Promise<void>;
  isSlow(): boolean;
}

interface Source {
  readonly key: string;
  readonly reads: StreamReads;
  listen(key: string, listener: StreamListener): Promise<() => void>;
}

const pageSize = 500;

/**
 * One browser's view of one log: nothing is missing and nothing doubled. What is kept is read page by page up to its
 * end; what arrives meanwhile only says that the end has moved. Then lines go straight through, by their ids. A browser
 * that is too slow goes back to reading pages.
 */
export class LogWatch {
  private lastId: string | null = null;
  private live = false;
  private moved = false;
  private stopped = false;
  private unlisten: (() => void) | undefined;

  constructor(
    private readonly source: Source,
    private readonly sink: LogSink,
  ) {}

  /** Resolves when everything that was there has been sent. */
  async start(after: string | null, tail: number): Promise<void> {
    this.unlisten = await this.source.listen(this.source.key, (entries) => this.arrived(entries));
    if (this.stopped) return this.unlisten();
    if (after === null || (await this.isTrimmedPast(after))) await this.sendTail(tail, after !== null);
    else this.lastId = after;
    await this.catchUp();
  }

  stop(): void {
    this.stopped = true;
    this.unlisten?.();
  }

  private arrived(entries: readonly StreamEntry[]): void {
    this.moved = true;
    if (!this.live) return;
    if (this.sink.isSlow()) {
      this.live = false;
      void this.catchUpAgain();
      return;
    }
    this.deliver(entries, false);
  }

  private async catchUpAgain(): Promise<void> {
    try {
      await this.sink.ready();
      if (this.lastId !== null && (await this.isTrimmedPast(this.lastId))) await this.sendTail(pageSize, true);
      await this.catchUp();
    } catch {
      // Connections for history wait for Redis: this only happens when the process ends.
      this.stop();
    }
  }

  private async catchUp(): Promise<void> {
    while (!this.stopped) {
      this.moved = false;
      const entries = await this.source.reads.after(this.source.key, this.lastId, pageSize);
      if (this.stopped) return;
      this.deliver(entries, false);
      if (entries.length === 0 && !this.moved) break;
      await this.sink.ready();
    }
    this.live = true;
  }

  private async sendTail(tail: number, reset: boolean): Promise<void> {
    const { reads, key } = this.source;
    const newest = tail > 0 ? await reads.before(key, null, tail) : [];
    if (newest.length === 0) this.lastId = await reads.newestId(key);
    if (!this.stopped && (newest.length > 0 || reset)) this.deliver(newest.toReversed(), reset);
  }

  private deliver(entries: readonly StreamEntry[], reset: boolean): void {
    const { lastId } = this;
    const fresh = reset || lastId === null ? entries : entries.filter(([id]) => compareLogIds(id, lastId) > 0);
    const newest = fresh.at(-1)?.[0];
    if (newest !== undefined) this.lastId = newest;
    const lines = logLines(fresh);
    if (!this.stopped && (lines.length > 0 || reset)) this.sink.send(lines, reset);
  }

  /** Whether lines between `id` and the oldest kept one may be gone. An empty stream is being filled again: nothing is. */
  private async isTrimmedPast(id: string): Promise<boolean> {
    const { reads, key } = this.source;
    if (await reads.has(key, id)) return false;
    const oldest = await reads.oldestId(key);
    return oldest !== undefined && compareLogIds(oldest, id) > 0;
  }
}
