import { type LogLine, logStreamMaxLength, toStreamFields } from '@zarpa/contracts';
import type { LogPosition, LogSource } from '../engines/log-source.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import type { StreamWriter } from '../redis/stream-writer.ts';
import { fromLogId, isBefore } from './log-position.ts';
import type { Masker } from './mask.ts';
import { createPace } from './pace.ts';
import { createLineReader } from './read-lines.ts';
import { findResume, type Resume } from './resume.ts';
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
/** After a longer halt what piled up meanwhile is a backlog, not a flood. */
const slowMs = 1_000;

/** Reads the log from where its stream ends and appends to it, one batch at a time: while Redis is slow or away nothing is read. */
export function createFollowAttempt(options: FollowOptions): FollowAttempt {
  const { source, masker, watch } = options;
  return async (signal) => {
    const { generation } = options.link;
    const resume = await findResume({ redis: options.link.redis, key: options.key, source });
    const append = createAppend(options, resume, generation);
    const reader = createLineReader({ masker, pace: createPace(resume) });
    const isSeen = (position: LogPosition) => resume.top !== null && isBefore(position, resume.top);
    watch?.begin();
    const deliver = async (lines: readonly LogLine[]): Promise<boolean> => {
      watch?.lines(lines);
      return append(lines);
    };
    const records = source.read({ after: resume.after, follow: true, signal });
    for await (const batch of withIdle(records, () => reader.owesNotice, noticeAfterMs)) {
      if (!(await deliver(batch === undefined ? reader.notice() : reader.push(batch)))) return 'again';
      const last = batch?.at(-1);
      if (last === undefined || !isSeen(last.position)) watch?.caughtUp();
    }
    if (signal.aborted || !(await deliver(reader.end()))) return 'again';
    watch?.caughtUp();
    return 'over';
  };
}

/** Appends what the stream does not hold yet. False where the stream is not what it was thought to be, or too slow to keep up. */
function createAppend(options: FollowOptions, { top }: Resume, generation: number) {
  const { key, writer, expireSeconds, onStored } = options;
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

  return async (lines: readonly LogLine[]): Promise<boolean> => {
    const begun = performance.now();
    const fresh = top === null ? lines : lines.filter((line) => isBefore(top, fromLogId(line.id)));
    for (let from = 0; from < fresh.length; from += maxEntriesPerAppend) {
      if (!(await appendChunk(fresh.slice(from, from + maxEntriesPerAppend)))) return false;
    }
    return performance.now() - begun < slowMs;
  };
}
