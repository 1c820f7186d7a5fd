import { type DrawnLine, readDrawnLine } from './drawn-rows.ts';
import { createPixelSearch } from './pixel-search.ts';
import type { Matrix } from './structure.ts';

/** Recognises QR codes that a program prints as text, line by line. */
export interface QrRecognizer {
  /** The code that this line completes; the last one where a line holds several. */
  push(line: string): Matrix | null;
}

/** Lines that draw nothing, in a row, after which what was drawn before is no longer part of the same picture. */
const maxForeignLines = 3;
/** In full blocks a row of light modules alone is a row of spaces. */
const emptyRow = /^\s*$|\s{42,}$/;
const escapedBreak = /(?:\\r)?\\n/;

export function createQrRecognizer(): QrRecognizer {
  const halves = createPixelSearch();
  const doubles = createPixelSearch();
  let foreign = 0;

  const search = (drawn: DrawnLine): Matrix | null => {
    let found = drawn.doubles === null ? null : doubles.push(drawn.doubles);
    for (const half of drawn.halves) found = halves.push(half) ?? found;
    return found;
  };
  const pushDrawn = (line: string): Matrix | null => {
    const drawn = readDrawnLine(line);
    if (drawn !== null) {
      foreign = 0;
      return search(drawn);
    }
    foreign += 1;
    if (emptyRow.test(line)) doubles.push('');
    if (foreign > maxForeignLines) {
      halves.clear();
      doubles.clear();
    }
    return null;
  };

  return {
    push(line) {
      if (!line.includes('\\n')) return pushDrawn(line);
      let found: Matrix | null = null;
      for (const one of unescapeJson(line)) found = pushDrawn(one) ?? found;
      return found;
    },
  };
}

/** A logger that writes JSON puts the whole picture into one line. */
const unescapeJson = (line: string): string[] => line.replace(/\\u001b|\\x1b/gi, '\u001b').split(escapedBreak);
