import { logStreamMaxLength } from '@zarpa/contracts';
import type { Redis } from 'ioredis';
import type { LogPosition, LogSource } from '../engines/log-source.ts';
import { fromLogId, isBefore } from './log-position.ts';

/** What a stream holds already, and how to read its log so that nothing is missing. */
export interface Resume {
  /** The stream's last entry; null where there is no stream. */
  readonly top: LogPosition | null;
  /** Where to begin reading: before `top`. */
  readonly after: LogPosition | null;
  /** What lies after `top` and not after this would only push out of the stream what is newer: it is counted. */
  readonly skipUntil: LogPosition | null;
  /** The log's end at this moment. What comes later is read as it is written. */
  readonly liveFrom: LogPosition | null;
}

/**
 * Lines before the stream's end that are read again, but not written: a QR code may be among them, and a long line's first parts, in
 * which a value to be masked may begin.
 */
const contextLines = 1_000;
const contextParts = 8;
const backlogLines = 4 * logStreamMaxLength;

export async function findResume(options: { redis: Redis; key: string; source: LogSource }): Promise<Resume> {
  const { redis, key, source } = options;
  const last = await redis.xrevrange(key, '+', '-', 'COUNT', contextParts + 1);
  const liveFrom = await source.tailPosition(0);
  const topId = last[0]?.[0];
  if (topId === undefined) {
    return { top: null, after: await source.tailPosition(logStreamMaxLength), skipUntil: null, liveFrom };
  }
  const wholeLine = last.find(([, fields]) => fields[fields.indexOf('k') + 1] !== 'part') ?? last.at(-1);
  const lineEnd = fromLogId(wholeLine?.[0] ?? topId);
  const context = await source.tailPosition(contextLines);
  return {
    top: fromLogId(topId),
    after: context !== null && isBefore(lineEnd, context) ? lineEnd : context,
    skipUntil: await source.tailPosition(backlogLines),
    liveFrom,
  };
}
