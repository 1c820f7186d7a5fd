import { type AnsiSpan, parseAnsi, stripAnsi } from './ansi.ts';
import { blockArtMinLines, isBlockLine, rasterise } from './block-art.ts';
import { type LogLevel, levelOf } from './log-level.ts';

/** One entry of a log, as the API sends it. Never changed once made: what is read from it is remembered by identity. */
export interface LogViewerLine {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  kind: 'line' | 'part' | 'started' | 'exited' | 'dropped' | 'notice';
  text: string;
  data: Record<string, string> | null;
}

/** What the viewer shows as one row. */
export type LogItem =
  | { kind: 'line'; id: string; line: LogViewerLine; continued: boolean }
  | { kind: 'marker'; id: string; line: LogViewerLine }
  | { kind: 'drawing'; id: string; line: LogViewerLine; lines: readonly LogViewerLine[]; squares: boolean[][] };

/** A line's text, read once. */
export interface ReadLine {
  spans: AnsiSpan[];
  plain: string;
  level: LogLevel | undefined;
  block: boolean;
}

const read = new WeakMap<LogViewerLine, ReadLine>();

/** Parses a line's colours, level and kind; the same object gives the same answer without work. */
export function readLine(line: LogViewerLine): ReadLine {
  const known = read.get(line);
  if (known) return known;
  const plain = stripAnsi(line.text);
  const fresh: ReadLine = {
    spans: parseAnsi(line.text),
    plain,
    level: levelOf(plain),
    block: line.kind === 'line' && isBlockLine(line.text),
  };
  read.set(line, fresh);
  return fresh;
}

/** Joins the lines of each drawn QR code into one row; every other entry is a row of its own. */
export function toLogItems(lines: readonly LogViewerLine[]): LogItem[] {
  const items: LogItem[] = [];
  let index = 0;
  while (index < lines.length) {
    const end = endOfDrawing(lines, index);
    if (end - index >= blockArtMinLines) {
      items.push(drawingOf(lines.slice(index, end)));
      index = end;
      continue;
    }
    const stop = Math.max(end, index + 1);
    for (; index < stop; index++) {
      const line = lines[index];
      if (line) items.push(itemOf(line, lines[index - 1]));
    }
  }
  return items;
}

function endOfDrawing(lines: readonly LogViewerLine[], start: number): number {
  let end = start;
  for (let line = lines[end]; line && readLine(line).block; line = lines[end]) end++;
  return end;
}

const drawings = new WeakMap<LogViewerLine, Extract<LogItem, { kind: 'drawing' }>>();

function drawingOf(lines: readonly LogViewerLine[]): LogItem {
  const [first] = lines;
  if (!first) throw new RangeError('A drawing has lines');
  const known = drawings.get(first);
  if (known?.lines.length === lines.length) return known;
  const squares = rasterise(lines.map((line) => readLine(line).spans));
  const fresh = { kind: 'drawing' as const, id: first.id, line: first, lines, squares };
  drawings.set(first, fresh);
  return fresh;
}

function itemOf(line: LogViewerLine, before: LogViewerLine | undefined): LogItem {
  if (line.kind === 'line' || line.kind === 'part') {
    return { kind: 'line', id: line.id, line, continued: before?.kind === 'part' };
  }
  return { kind: 'marker', id: line.id, line };
}

/** The text of rows as a bot wrote it, without colours; of an engine's own entry what it says in plain. */
export function textOfItems(items: readonly LogItem[]): string {
  const lines = items.flatMap((item) => (item.kind === 'drawing' ? item.lines : [item.line]));
  return lines.map(({ text }) => stripAnsi(text)).join('\n');
}
