import { logStreamMaxLength } from '@zarpa/contracts';
import type { Redis } from 'ioredis';
import type { LogPosition, LogSource } from '../engines/log-source.ts';

/** What a stream holds already, and where to read its log so that nothing is missing. */
export interface Resume {
  /** Id of the stream's last entry; null where there is no stream. */
  readonly top: string | null;
  readonly after: LogPosition | null;
}

/**
 * Lines before the stream's end that are read again, but not written: a QR code may be among them, and a long line's first parts, in
 * which a value to be masked may begin.
 */
const contextLines = 1_000;
const contextParts = 8;

export async function findResume(options: { redis: Redis; key: string; source: LogSource }): Promise<Resume> {
  const { redis, key, source } = options;
  const last = await redis.xrevrange(key, '+', '-', 'COUNT', contextParts + 1);
  const top = last[0]?.[0];
  if (top === undefined) return { top: null, after: await source.tailPosition(logStreamMaxLength) };
  const whole = last.find(([, fields]) => fields[fields.indexOf('k') + 1] !== 'part') ?? last.at(-1);
  const context = await source.tailPosition(contextLines);
  return { top, after: earlier(toPosition(whole?.[0] ?? top), context) };
}

function toPosition(id: string): LogPosition {
  const [epoch, offset] = id.split('-');
  return { epoch: Number(epoch), offset: Number(offset) };
}

function earlier(left: LogPosition, right: LogPosition | null): LogPosition | null {
  if (right === null) return null;
  return isBefore(left, right) ? left : right;
}

const isBefore = (left: LogPosition, right: LogPosition): boolean =>
  left.epoch === right.epoch ? left.offset < right.offset : left.epoch < right.epoch;
