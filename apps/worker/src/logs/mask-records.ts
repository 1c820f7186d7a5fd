import type { RawLogRecord } from '../engines/log-source.ts';
import { cleanText } from './clean-text.ts';
import { hide, type Masker, mergeRanges } from './mask.ts';

/** A record whose text is safe to show. */
export interface MaskedRecord {
  readonly record: RawLogRecord;
  readonly text: string;
  readonly kept: boolean;
}

export interface RecordMasker {
  /** True while the end of a long line is still to come. */
  readonly insideLine: boolean;
  /** What can be shown now. A part waits for what follows it, since a value may begin in one part and end in the next. */
  push(record: RawLogRecord, kept: boolean): MaskedRecord[];
  /** What still waits, at the log's end. */
  end(): MaskedRecord[];
}

/** Masks records, also where a value is cut by the limit of a record's length. `masker` is asked anew each time: values change. */
export function createRecordMasker(masker: () => Masker): RecordMasker {
  let waiting: MaskedRecord[] = [];
  /** Characters at the beginning of what waits that belong to a value which begins in what was shown before. */
  let covered = 0;

  const release = (count: number): MaskedRecord[] => {
    const text = waiting.map((one) => one.text).join('');
    const ranges = mergeRanges([...(covered > 0 ? [{ from: -1, to: covered }] : []), ...masker().find(text)]);
    let from = 0;
    const shown = waiting.slice(0, count).map((one) => {
      const to = from + one.text.length;
      const masked = { ...one, text: hide(text, ranges, { from, to }) };
      from = to;
      return masked;
    });
    waiting = waiting.slice(count);
    covered = Math.max(0, ...ranges.filter((range) => range.from < from).map((range) => range.to - from));
    return shown;
  };
  const end = () => {
    const shown = release(waiting.length);
    covered = 0;
    return shown;
  };

  return {
    get insideLine() {
      return waiting.length > 0;
    },
    push(record, kept) {
      const one = { record, text: cleanText(record.bytes), kept };
      if (record.kind === 'line') {
        if (waiting.length === 0) return [{ ...one, text: masker().apply(one.text) }];
        waiting.push(one);
        return end();
      }
      if (record.kind !== 'part') return [...end(), { ...one, text: masker().apply(one.text) }];
      waiting.push(one);
      return release(releasable(waiting, masker().longest));
    },
    end,
  };
}

/** How many of the first parts are followed by enough text to know every value that begins in them. */
function releasable(waiting: readonly MaskedRecord[], longest: number): number {
  let following = 0;
  let count = waiting.length;
  while (count > 0 && following < longest) {
    following += waiting[count - 1]?.text.length ?? 0;
    count -= 1;
  }
  return count;
}
