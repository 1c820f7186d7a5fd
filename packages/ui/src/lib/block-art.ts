import { type AnsiSpan, stripAnsi } from './ansi.ts';

/** Fewest lines that are taken for a QR code: version 1 drawn in half blocks without a border. */
export const blockArtMinLines = 11;
const minColumns = 21;
const blocks = /^[ \u00a0\u2580\u2584\u2588]+$/;

/** True where a line consists of block characters or coloured spaces alone, as a drawn QR code does. */
export function isBlockLine(text: string): boolean {
  const plain = stripAnsi(text).trimEnd();
  if (plain.length >= minColumns && blocks.test(plain)) return true;
  return text.includes('\u001b[') && stripAnsi(text).length >= minColumns && blocks.test(stripAnsi(text));
}

type Cell = { upper: boolean; lower: boolean };

/**
 * Turns the lines of a drawn QR code into rows of dark (`true`) and light squares. A character is one square wide and two high.
 * Blocks in the terminal's own colour are light, as on a dark terminal, unless the drawing itself shows the opposite.
 */
export function rasterise(lines: readonly (readonly AnsiSpan[])[]): boolean[][] {
  const coloured = lines.some((spans) =>
    spans.some((span) => span.background !== undefined || span.colour !== undefined),
  );
  const rows = coloured ? lines.map((spans) => spans.flatMap(colouredCells)) : plainRows(lines);
  const width = Math.max(0, ...rows.map((row) => row.length));
  const squares = rows.flatMap((row) => {
    const filled = [...row, ...Array<Cell>(width - row.length).fill({ upper: false, lower: false })];
    return [filled.map((cell) => cell.upper), filled.map((cell) => cell.lower)];
  });
  return withoutDarkEdges(squares);
}

/** Half a line above or below the drawing is the terminal's own dark: no QR code has a dark edge, and readers dislike one. */
function withoutDarkEdges(squares: boolean[][]): boolean[][] {
  const dark = (row: boolean[] | undefined): boolean => row?.every(Boolean) ?? false;
  const from = squares.findIndex((row) => !dark(row));
  const to = squares.findLastIndex((row) => !dark(row));
  return squares.slice(from, to + 1);
}

function plainRows(lines: readonly (readonly AnsiSpan[])[]): Cell[][] {
  const texts = lines.map((spans) =>
    spans
      .map((span) => span.text)
      .join('')
      .trimEnd(),
  );
  const indent = Math.min(...texts.map((text) => text.length - text.trimStart().length));
  const cut = texts.map((text) => text.slice(indent));
  const blocksAreLight = cut.every((text) => !text.startsWith(' '));
  const width = Math.max(...cut.map((text) => text.length));
  return cut.map((text) => Array.from(text.padEnd(width), (char) => cellOf(char, !blocksAreLight, blocksAreLight)));
}

function colouredCells(span: AnsiSpan): Cell[] {
  const ink = span.colour === undefined ? false : isDark(span.colour);
  const paper = span.background === undefined ? true : isDark(span.background);
  return Array.from(span.text, (char) => cellOf(char, ink, paper));
}

function cellOf(char: string, ink: boolean, paper: boolean): Cell {
  const upperInk = char === '\u2588' || char === '\u2580';
  const lowerInk = char === '\u2588' || char === '\u2584';
  return { upper: upperInk ? ink : paper, lower: lowerInk ? ink : paper };
}

function isDark(colour: string): boolean {
  const parts = /^rgb\((\d+) (\d+) (\d+)\)$/.exec(colour);
  if (parts) return 0.3 * Number(parts[1]) + 0.59 * Number(parts[2]) + 0.11 * Number(parts[3]) < 128;
  return colour === 'var(--log-black)' || colour === 'var(--log-blue)' || colour === 'var(--ink)';
}
