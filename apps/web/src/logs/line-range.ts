import type { LogRange } from '@zarpa/ui/components/log-viewer';

const pattern = /^#?(\d{1,15}-\d{1,16})(?:\.\.(\d{1,15}-\d{1,16}))?$/;

/** The lines that an address names (`#1-20` or `#1-20..1-45`); null where it names none. */
export function readRange(hash: string): LogRange | null {
  const match = pattern.exec(hash);
  return match?.[1] === undefined ? null : { from: match[1], to: match[2] ?? match[1] };
}

/** The reverse of `readRange`. */
export const writeRange = ({ from, to }: LogRange): string => (from === to ? `#${from}` : `#${from}..${to}`);

/** The lines of a range, in order; none where one of its ends is not among them. */
export function linesOf<Line extends { id: string }>(lines: readonly Line[], range: LogRange): readonly Line[] {
  const from = lines.findIndex(({ id }) => id === range.from);
  const to = lines.findIndex(({ id }) => id === range.to);
  return from < 0 || to < from ? [] : lines.slice(from, to + 1);
}
