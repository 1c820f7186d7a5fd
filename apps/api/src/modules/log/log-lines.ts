import { fromStreamEntry, type LogLine } from '@zarpa/contracts';
import type { StreamEntry } from '../../redis/stream-reads.ts';

/** Lines of stream entries; what is none is left out. */
export function logLines(entries: readonly StreamEntry[]): LogLine[] {
  return entries.flatMap(([id, fields]) => {
    try {
      return fromStreamEntry(id, fields) ?? [];
    } catch {
      return [];
    }
  });
}
