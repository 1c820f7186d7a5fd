import { compareLogIds, type LogLine, logStreamMaxLength, toStreamFields } from '@zarpa/contracts';
import type { LogSource } from '../engines/log-source.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import type { StreamWriter } from '../redis/stream-writer.ts';
import type { Masker } from './mask.ts';
import { createLineReader } from './read-lines.ts';
import { findResume } from './resume-position.ts';
import type { FollowAttempt } from './stream-follower.ts';
import { withIdle } from './with-idle.ts';

/** Sees every line of a log once per attempt, those before the stream's end included. */
export interface LineWatch {
  /** A new attempt begins, some way before the stream's end. */
  begin(): void;
  lines(lines: readonly LogLine[]): void;
  /** What was seen so far is as new as the log itself. */
  caughtUp(): void;
}

export interface FollowOptions {
  readonly key: string;
  readonly source: LogSource;
  readonly link: RedisLink;
  readonly writer: StreamWriter;
  readonly masker: () => Masker;
  readonly watch?: LineWatch;
  readonly expireSeconds?: number;
  /** Told whether the stream is known to exist. */
  readonly onStored: (stored: boolean) => void;
}

const maxEntriesPerAppend = 200;
const noticeAfterMs = 1_000;

/** Reads the log from where its stream ends and appends to it, one batch at a time: while Redis is slow or away nothing is read. */
export function createFollowAttempt(options: FollowOptions): FollowAttempt {
  const { source, masker, watch } = options;
  return async (signal) => {
    const target = await openStream(options);
    const reader = createLineReader({ masker, limited: true });
    watch?.begin();
    const deliver = async (lines: readonly LogLine[]): Promise<boolean> => {
      watch?.lines(lines);
      return target.append(lines);
    };
    const records = source.read({ after: target.after, follow: true, signal });
    for await (const batch of withIdle(records, () => reader.owesNotice, noticeAfterMs)) {
      if (!(await deliver(batch === undefined ? reader.notice() : reader.push(batch)))) return 'again';
      const last = batch?.at(-1);
      if (last === undefined || target.isPastTop(`${last.position.epoch}-${last.position.offset}`)) watch?.caughtUp();
    }
    if (signal.aborted || !(await deliver(reader.end()))) return 'again';
    watch?.caughtUp();
    return 'over';
  };
}

async function openStream({ key, source, link, writer, expireSeconds, onStored }: FollowOptions) {
  const { generation } = link;
  const { top, after } = await findResume({ redis: link.redis, key, source });
  let stored = top !== null;
  onStored(stored);

  const appendChunk = async (lines: readonly LogLine[]): Promise<boolean> => {
    const entries = lines.map((line) => ({ id: line.id, fields: toStreamFields(line) }));
    const request = { key, entries, create: !stored, maxLength: logStreamMaxLength, expireSeconds, generation };
    if ((await writer.append(request)) !== 'stored') return false;
    stored = true;
    onStored(true);
    return true;
  };

  return {
    after,
    isPastTop: (id: string) => top === null || compareLogIds(id, top) >= 0,
    /** False where the stream is not what it was thought to be. */
    async append(lines: readonly LogLine[]): Promise<boolean> {
      const fresh = top === null ? lines : lines.filter((line) => compareLogIds(line.id, top) > 0);
      for (let from = 0; from < fresh.length; from += maxEntriesPerAppend) {
        if (!(await appendChunk(fresh.slice(from, from + maxEntriesPerAppend)))) return false;
      }
      return true;
    },
  };
}
