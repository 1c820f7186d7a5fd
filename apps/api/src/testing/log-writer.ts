import { runLogStreamKey, toStreamFields } from '@zarpa/contracts';
import type { Redis } from 'ioredis';

/** Writes numbered lines into an instance's run log, with the ids that a worker would give them. */
export class LogWriter {
  written = 0;

  constructor(
    private readonly redis: Redis,
    private readonly key: string,
  ) {}

  static of(redis: Redis, keyPrefix: string, instanceId: string): LogWriter {
    return new LogWriter(redis, runLogStreamKey(keyPrefix, instanceId));
  }

  /** A line's id is the same whenever it is written. */
  async write(count: number, options: { from?: number; maxLength?: number } = {}): Promise<void> {
    const from = options.from ?? this.written + 1;
    const pipeline = this.redis.pipeline();
    for (let n = from; n < from + count; n++) {
      const fields = toStreamFields({ at: 1_700_000_000_000 + n, kind: 'line', text: `line ${n}`, data: null });
      const trim = options.maxLength === undefined ? [] : ['MAXLEN', options.maxLength];
      pipeline.xadd(this.key, ...trim, idOf(n), ...fields);
    }
    await pipeline.exec();
    this.written = Math.max(this.written, from + count - 1);
  }
}

/** The id of the n-th line: ten bytes a line. */
export const idOf = (n: number): string => `7-${n * 10}`;

/** The number of the line that has this text. */
export const numberOf = ({ text }: { text: string }): number => Number(text.slice('line '.length));
