import { logLinesPerSecond } from '@zarpa/contracts';
import type { RawLogRecord } from '../engines/log-source.ts';
import { isBefore } from './log-position.ts';
import { createRateLimit } from './rate-limit.ts';
import type { Resume } from './resume.ts';

/** Says of each record whether it is kept or only counted. */
export type Pace = (record: RawLogRecord) => boolean;

/** For a log that is complete: everything. */
export const keepAll: Pace = () => true;

/**
 * The limit holds for what is read as it is written. A backlog was written at times that nobody knows exactly: all of it is kept that has
 * room in the stream.
 */
export function createPace({ top, skipUntil, liveFrom }: Omit<Resume, 'after'>): Pace {
  const limit = createRateLimit({ perSecond: logLinesPerSecond });
  return ({ kind, position, at }) => {
    if (kind !== 'line' && kind !== 'part') return true;
    if (top !== null && !isBefore(top, position)) return true;
    if (skipUntil !== null && !isBefore(skipUntil, position)) return false;
    if (liveFrom !== null && !isBefore(liveFrom, position)) return true;
    return limit.take(at);
  };
}
