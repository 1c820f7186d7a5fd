import { colourSequence, esc } from './colour-sequence.ts';
import { secretForms } from './secret-forms.ts';

export const mask = '••••••';

/** A piece of a text, end excluded. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Finds the values that must not be seen. */
export interface Masker {
  /** Length of the longest form: a match never needs more text after its beginning. */
  readonly longest: number;
  /** Where values stand in the text, in order, not overlapping. Colour sequences between their characters hide nothing. */
  find(text: string): Range[];
  apply(text: string): string;
}

/** @param values in clear; short and trivial ones (`true`, `production`, numbers) are left alone. */
export function createMasker(values: Iterable<string>): Masker {
  const forms = secretForms(values);
  const find = (text: string): Range[] => {
    if (forms.length === 0 || text.length < 6) return [];
    if (!text.includes(esc)) return mergeRanges(occurrences(text, forms));
    const { plain, positions } = withoutColours(text);
    return mergeRanges(occurrences(plain, forms)).map(({ from, to }) => ({
      from: positions[from] ?? 0,
      to: (positions[to - 1] ?? 0) + 1,
    }));
  };
  return {
    longest: forms[0]?.length ?? 0,
    find,
    apply: (text) => hide(text, find(text), { from: 0, to: text.length }),
  };
}

/** The piece `shown` of the text, with a mask where a range begins in it, and without what the ranges cover (colours in them stay). */
export function hide(text: string, ranges: readonly Range[], shown: Range): string {
  let result = '';
  let position = shown.from;
  for (const range of ranges) {
    if (range.to <= position) continue;
    if (range.from >= shown.to) break;
    const from = Math.max(range.from, position);
    const to = Math.min(range.to, shown.to);
    const begins = range.from >= shown.from ? mask : '';
    result += text.slice(position, from) + begins + coloursIn(text.slice(from, to));
    position = to;
  }
  return position === 0 && shown.to === text.length ? text : result + text.slice(position, shown.to);
}

/** In order, with those that overlap joined. */
export function mergeRanges(ranges: readonly Range[]): Range[] {
  if (ranges.length < 2) return [...ranges];
  const merged: { from: number; to: number }[] = [];
  for (const range of [...ranges].sort((left, right) => left.from - right.from)) {
    const last = merged.at(-1);
    if (last !== undefined && range.from < last.to) last.to = Math.max(last.to, range.to);
    else merged.push({ ...range });
  }
  return merged;
}

function occurrences(text: string, forms: readonly string[]): Range[] {
  const found: Range[] = [];
  for (const form of forms) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1))
      found.push({ from: at, to: at + form.length });
  }
  return found;
}

const coloursIn = (text: string): string => (text.includes(esc) ? (text.match(colourSequence) ?? []).join('') : '');

function withoutColours(text: string): { plain: string; positions: number[] } {
  const positions: number[] = [];
  let plain = '';
  let from = 0;
  const take = (to: number) => {
    plain += text.slice(from, to);
    for (let at = from; at < to; at++) positions.push(at);
  };
  for (const found of text.matchAll(colourSequence)) {
    take(found.index);
    from = found.index + found[0].length;
  }
  take(text.length);
  return { plain, positions };
}
