import { colourSequence, esc } from '../colour-sequence.ts';
import { applyColours, plainStyle, type TerminalStyle } from './terminal-style.ts';

/** Rows of `0` (light) and `1` (dark) as a dark terminal shows them. */
export type PixelRow = string;

/** What one line of a log draws, read in the two ways in which programs draw QR codes. */
export interface DrawnLine {
  /** Half blocks: a character is two pixels, one above the other. */
  readonly halves: readonly [PixelRow, PixelRow];
  /** Full blocks or coloured spaces: two characters are one pixel. Null where half blocks rule that out. */
  readonly doubles: PixelRow | null;
}

interface Cell {
  readonly top: '0' | '1';
  readonly bottom: '0' | '1';
  readonly half: boolean;
  readonly drawn: boolean;
  readonly styled: boolean;
}

const minWidth = 21;
const blocks = /[\u2580\u2584\u2588]/;
const background = new RegExp(`${esc}\\[(?:[0-9;:]*[;:])?(?:7|4[0-8]|10[0-7])[;:m]`);
const coloursOrText = new RegExp(`${colourSequence.source}|([^${esc}])`, 'gu');

/** The pixels of a line's longest drawing; null for a line that draws nothing wide enough for a QR code. */
export function readDrawnLine(line: string): DrawnLine | null {
  if (!blocks.test(line) && !background.test(line)) return null;
  const cells = longestDrawing(line);
  if (cells.length < minWidth) return null;
  const tops = cells.map((cell) => cell.top);
  const halves = [tops.join(''), cells.map((cell) => cell.bottom).join('')] as const;
  if (cells.length < 2 * minWidth || cells.some((cell) => cell.half)) return { halves, doubles: null };
  return { halves, doubles: tops.filter((_, index) => index % 2 === 0).join('') };
}

function longestDrawing(line: string): Cell[] {
  let longest: Cell[] = [];
  let run: Cell[] = [];
  const endRun = () => {
    const cells = withoutIndent(run);
    if (cells.length > longest.length && cells.some((cell) => cell.drawn)) longest = cells;
    run = [];
  };
  let style = plainStyle;
  for (const [, parameters, character = ''] of line.matchAll(coloursOrText)) {
    if (parameters !== undefined) {
      style = applyColours(style, parameters);
      continue;
    }
    const cell = toCell(character, style);
    if (cell === null) endRun();
    else run.push(cell);
  }
  endRun();
  return longest;
}

/** Where colours draw, plain spaces before them are a logger's indent. */
function withoutIndent(run: Cell[]): Cell[] {
  if (!run.some((cell) => cell.styled)) return run;
  const first = run.findIndex((cell) => cell.styled || cell.half || cell.top === '0');
  return first > 0 ? run.slice(first) : run;
}

function toCell(character: string, { foregroundLight, backgroundLight, reversed, styled }: TerminalStyle): Cell | null {
  const ink = (reversed ? backgroundLight : foregroundLight) ? '0' : '1';
  const paper = (reversed ? foregroundLight : backgroundLight) ? '0' : '1';
  switch (character) {
    case ' ':
    case '\u00a0':
      return { top: paper, bottom: paper, half: false, drawn: styled, styled };
    case '\u2588':
      return { top: ink, bottom: ink, half: false, drawn: true, styled };
    case '\u2580':
      return { top: ink, bottom: paper, half: true, drawn: true, styled };
    case '\u2584':
      return { top: paper, bottom: ink, half: true, drawn: true, styled };
    default:
      return null;
  }
}
