import { finderRows, finderSize, invertRow, isQrCode, isQrSize, type Matrix } from './structure.ts';

/** Finds QR codes in rows of pixels that come one after the other. */
export interface PixelSearch {
  /** The matrix of the code that ends with this row. */
  push(row: string): Matrix | null;
  clear(): void;
}

interface Corner {
  readonly row: number;
  readonly column: number;
  readonly size: number;
  readonly inverted: boolean;
}

const maxRows = 400;
/** Beyond its end a row is background, which is dark; programs leave out trailing spaces. */
const background = '1';
const polarities = [false, true].map((inverted) => ({ inverted, rows: finderRows(inverted) }));

export function createPixelSearch(): PixelSearch {
  let rows: string[] = [];
  let corners: Corner[] = [];
  const clear = () => {
    rows = [];
    corners = [];
  };
  return {
    push(row) {
      if (rows.length >= maxRows) clear();
      rows.push(row);
      corners.push(...findCorners(rows));
      const last = rows.length - 1;
      const found = corners
        .filter((corner) => corner.row + corner.size - 1 === last)
        .map((corner) => cut(rows, corner))
        .find(isQrCode);
      if (found !== undefined) clear();
      return found ?? null;
    },
    clear,
  };
}

/** Pairs of finder patterns, side by side, that end with the last row. */
function findCorners(rows: readonly string[]): Corner[] {
  const recent = rows.slice(-finderSize);
  if (recent.length < finderSize) return [];
  return polarities.flatMap(({ inverted, rows: pattern }) => {
    const columns = findPatterns(recent, pattern);
    return columns.flatMap((column, index) =>
      columns
        .slice(index + 1)
        .map((right) => ({ row: rows.length - finderSize, column, size: right + finderSize - column, inverted }))
        .filter(({ size }) => isQrSize(size)),
    );
  });
}

function findPatterns(recent: readonly string[], pattern: readonly string[]): number[] {
  const [edge = ''] = pattern;
  const width = Math.max(...recent.map((row) => row.length)) + finderSize;
  const padded = recent.map((row) => row.padEnd(width, background));
  const first = padded[0] ?? '';
  const columns: number[] = [];
  for (let at = first.indexOf(edge); at >= 0; at = first.indexOf(edge, at + 1)) {
    if (padded.every((row, index) => row.startsWith(pattern[index] ?? '', at))) columns.push(at);
  }
  return columns;
}

function cut(rows: readonly string[], { row, column, size, inverted }: Corner): Matrix {
  return rows.slice(row, row + size).map((pixels) => {
    const piece = pixels.padEnd(column + size, background).slice(column, column + size);
    return inverted ? invertRow(piece) : piece;
  });
}
