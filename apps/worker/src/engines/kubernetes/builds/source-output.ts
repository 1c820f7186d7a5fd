import { SourceNotice, SourceOutcome } from '../../../builder/source-outcome.ts';
import { notice, type OutputRecord } from './progress.ts';

/** Pure: what a line of the program `source` is: a record of the log, its outcome, or both nothing. */
export function readSourceLine(
  text: string,
  at: number,
): { record: OutputRecord | null; outcome: SourceOutcome | null } {
  const parsed = parsedOf(text);
  const outcome = parseOutcome(text);
  if (outcome !== null) return { record: null, outcome };
  const told = SourceNotice.safeParse(parsed);
  if (told.success) return { record: notice(told.data.notice, told.data.text, told.data.data, at), outcome: null };
  return { record: { kind: 'line', at, bytes: Buffer.from(text), data: null }, outcome: null };
}

/** Null for what is no outcome. */
export const parseOutcome = (text: string | undefined): SourceOutcome | null =>
  SourceOutcome.safeParse(parsedOf(text ?? '')).data ?? null;

function parsedOf(text: string): unknown {
  try {
    return text.startsWith('{') ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
