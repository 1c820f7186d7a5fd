import type { LogLine } from '@zarpa/contracts';
import type { RawLogRecord } from '../engines/log-source.ts';
import { toLogId } from './log-position.ts';
import type { Masker } from './mask.ts';
import { createRecordMasker, type MaskedRecord } from './mask-records.ts';
import type { Pace } from './pace.ts';

/** Turns an engine's records into log lines that may be shown. */
export interface LineReader {
  push(records: readonly RawLogRecord[]): LogLine[];
  /** Lines were counted as dropped that no entry tells of yet. */
  readonly owesNotice: boolean;
  /** The entry that is owed, for when no line follows that would bring it along. */
  notice(): LogLine[];
  end(): LogLine[];
}

export function createLineReader(options: { masker: () => Masker; pace: Pace }): LineReader {
  const records = createRecordMasker(options.masker);
  let dropped = 0;
  let lastDropped: RawLogRecord | undefined;

  const notice = (): LogLine[] => {
    if (lastDropped === undefined) return [];
    const { position, at } = lastDropped;
    const line: LogLine = { id: toLogId(position), at, kind: 'dropped', text: '', data: { count: String(dropped) } };
    dropped = 0;
    lastDropped = undefined;
    return [line];
  };
  const drop = (record: RawLogRecord) => {
    dropped += 1;
    lastDropped = record;
  };
  const toLines = (masked: readonly MaskedRecord[]): LogLine[] =>
    masked.flatMap(({ record, text, kept }) => {
      if (kept) return [...notice(), toLine(record, text)];
      drop(record);
      return [];
    });

  return {
    push(batch) {
      const lines: LogLine[] = [];
      for (const record of batch) {
        const kept = options.pace(record);
        if (!kept && record.kind === 'line' && !records.insideLine) drop(record);
        else lines.push(...toLines(records.push(record, kept)));
      }
      return lines;
    },
    get owesNotice() {
      return lastDropped !== undefined;
    },
    notice,
    end: () => [...toLines(records.end()), ...notice()],
  };
}

const toLine = (record: RawLogRecord, text: string): LogLine => ({
  id: toLogId(record.position),
  at: record.at,
  kind: record.kind,
  text,
  data: record.data,
});
