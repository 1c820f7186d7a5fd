import { setTimeout as delay } from 'node:timers/promises';
import type { LogPosition, RawLogRecord } from '../../log-source.ts';
import { abortedWith } from './aborted-with.ts';
import type { LogNotice, PodRuns } from './pod-runs.ts';
import { isAfter, positionOf, successorOf } from './positions.ts';

const slotSize = 1_000;
const firstInSlot = 500;
/** Lines that were written before a notice may still be on their way. */
const holdMs = 500;

/**
 * Where notices stand: right behind the last record before their time, so that no line that comes later is ever before them. The places
 * between two lines, whose own offsets are multiples of `slotSize`, are the notices'.
 */
export class NoticePlaces {
  readonly #told = new Set<LogNotice['text']>();
  #last: LogPosition | null;

  constructor(after: LogPosition | null, notices: readonly LogNotice[]) {
    this.#last = after;
    if (after === null) return;
    const base = { epoch: after.epoch, offset: after.offset - (after.offset % slotSize) };
    let behindBase = Math.max(0, (after.offset % slotSize) - firstInSlot + 1);
    for (const notice of notices) {
      if (!isAfter(timeOf(notice), base) || behindBase-- > 0) this.#told.add(keyOf(notice));
    }
  }

  isPending(notices: readonly LogNotice[]): boolean {
    return notices.some((notice) => !this.#told.has(keyOf(notice)));
  }

  /** The records, with those notices between them that belong there. */
  among(records: readonly RawLogRecord[], notices: readonly LogNotice[]): RawLogRecord[] {
    const pending = notices.filter((notice) => !this.#told.has(keyOf(notice)));
    return records.flatMap((record) => {
      const before: RawLogRecord[] = [];
      while (pending[0] !== undefined && isAfter(record.position, timeOf(pending[0]))) {
        const position = this.#placeOf(pending[0]);
        if (!isAfter(record.position, position)) break;
        before.push(this.#tell(pending[0], position));
        pending.shift();
      }
      this.#last = record.position;
      return [...before, record];
    });
  }

  /** Those that no record came behind yet. */
  rest(notices: readonly LogNotice[]): RawLogRecord[] {
    const pending = notices.filter((notice) => !this.#told.has(keyOf(notice)));
    return pending.map((notice) => this.#tell(notice, this.#placeOf(notice)));
  }

  #tell(notice: LogNotice, position: LogPosition): RawLogRecord {
    const { at, code, text, data } = notice;
    this.#told.add(keyOf(notice));
    this.#last = position;
    return { kind: 'notice', position, at, bytes: Buffer.from(text), data: { ...data, code } };
  }

  #placeOf(notice: LogNotice): LogPosition {
    const last = this.#last;
    if (last === null) return { epoch: notice.at, offset: firstInSlot };
    const inSlot = last.offset % slotSize;
    return inSlot >= firstInSlot
      ? successorOf(last)
      : { epoch: last.epoch, offset: last.offset - inSlot + firstInSlot };
  }
}

const keyOf = ({ at, code, text }: LogNotice): string => `${at} ${code} ${text}`;
const timeOf = ({ at }: LogNotice): LogPosition => positionOf({ at, nanoseconds: 0 });

/** The same batches, with the engine's notices. */
export async function* withNotices(
  batches: AsyncIterable<RawLogRecord[]>,
  options: { runs: PodRuns; after: LogPosition | null; follow: boolean; signal: AbortSignal; holdMs?: number },
): AsyncGenerator<RawLogRecord[], void, undefined> {
  const { runs, follow } = options;
  const places = new NoticePlaces(options.after, runs.notices());
  const iterator = batches[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = iterator.next();
      next.catch(() => undefined);
      while (follow && !(await comesFirst(next, places, options))) {
        if (places.isPending(runs.notices())) yield places.rest(runs.notices());
      }
      const { done, value } = await next;
      if (done === true) break;
      yield places.among(value, runs.notices());
    }
    const rest = places.rest(runs.notices());
    if (rest.length > 0 && !options.signal.aborted) yield rest;
  } finally {
    await iterator.return?.();
  }
}

/** False when there may be notices to tell before the next batch. */
async function comesFirst(
  next: Promise<unknown>,
  places: NoticePlaces,
  options: { runs: PodRuns; signal: AbortSignal; holdMs?: number },
): Promise<boolean> {
  const { runs, signal } = options;
  const over = abortedWith(signal);
  const either = over.signal;
  const arrived = next.then(
    () => true,
    () => true,
  );
  const changed = runs.changed(either).then(() => signal.aborted);
  const held = places.isPending(runs.notices())
    ? delay(options.holdMs ?? holdMs, false, { signal: either }).catch(() => true)
    : changed;
  try {
    return await Promise.race([arrived, held]);
  } finally {
    over.abort();
  }
}
