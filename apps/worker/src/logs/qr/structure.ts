/** Rows of `0` (light) and `1` (dark). */
export type Matrix = readonly string[];

const finder = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111'];
export const finderSize = finder.length;

/** The finder pattern's rows, exchanged where light and dark are. */
export const finderRows = (inverted: boolean): readonly string[] => (inverted ? finder.map(invertRow) : finder);

const exchanged: Readonly<Record<string, string>> = { 0: '1', 1: '0' };
export const invertRow = (row: string): string => row.replace(/[01]/g, (pixel) => exchanged[pixel] ?? pixel);

/** Side lengths that QR codes have: 21 (version 1) to 177 (version 40), in steps of four. */
export const isQrSize = (size: number): boolean => size >= 21 && size <= 177 && (size - 17) % 4 === 0;

/** Whether a square is a QR code: finder patterns with their margins, timing patterns, format and version information, all exact. */
export function isQrCode(matrix: Matrix): boolean {
  const size = matrix.length;
  if (!isQrSize(size) || matrix.some((row) => row.length !== size)) return false;
  const dark = (x: number, y: number): boolean => matrix[y]?.[x] === '1';
  return hasFinders(dark, size) && hasTiming(dark, size) && hasFormat(dark, size) && hasVersion(dark, size);
}

type Dark = (x: number, y: number) => boolean;

function hasFinders(dark: Dark, size: number): boolean {
  const far = size - finderSize;
  return hasFinder(dark, 0, 0, 1, 1) && hasFinder(dark, far, 0, -1, 1) && hasFinder(dark, 0, far, 1, -1);
}

/** `sideX` and `sideY` say on which side the margin lies that separates the pattern from the data. */
function hasFinder(dark: Dark, left: number, top: number, sideX: 1 | -1, sideY: 1 | -1): boolean {
  const pattern = finder.every((row, y) => [...row].every((pixel, x) => dark(left + x, top + y) === (pixel === '1')));
  const marginX = sideX === 1 ? left + finderSize : left - 1;
  const marginY = sideY === 1 ? top + finderSize : top - 1;
  return (
    pattern && finder.every((_, at) => !dark(marginX, top + at) && !dark(left + at, marginY)) && !dark(marginX, marginY)
  );
}

function hasTiming(dark: Dark, size: number): boolean {
  for (let at = 8; at < size - 8; at++) {
    const expected = at % 2 === 0;
    if (dark(at, 6) !== expected || dark(6, at) !== expected) return false;
  }
  return dark(8, size - 8);
}

function hasFormat(dark: Dark, size: number): boolean {
  const near = (bit: number): boolean => {
    if (bit < 6) return dark(8, bit);
    if (bit < 8) return dark(8, bit + 1);
    return bit === 8 ? dark(7, 8) : dark(14 - bit, 8);
  };
  const far = (bit: number): boolean => (bit < 8 ? dark(size - 1 - bit, 8) : dark(8, size - 15 + bit));
  const format = readBits(15, near);
  return format === readBits(15, far) && formats.has(format);
}

function hasVersion(dark: Dark, size: number): boolean {
  const version = (size - 17) / 4;
  if (version < 7) return true;
  const along = (bit: number): number => size - 11 + (bit % 3);
  const across = (bit: number): number => Math.floor(bit / 3);
  const expected = (version << 12) | remainder(version, 12, 0x1f25);
  return (
    readBits(18, (bit) => dark(along(bit), across(bit))) === expected &&
    readBits(18, (bit) => dark(across(bit), along(bit))) === expected
  );
}

function readBits(count: number, bitAt: (bit: number) => boolean): number {
  let value = 0;
  for (let bit = 0; bit < count; bit++) if (bitAt(bit)) value |= 1 << bit;
  return value;
}

/** Of the division by a BCH code's generator polynomial (ISO/IEC 18004, annexes C and D). */
function remainder(data: number, bits: number, generator: number): number {
  let rest = data;
  for (let step = 0; step < bits; step++) rest = (rest << 1) ^ ((rest >>> (bits - 1)) * generator);
  return rest;
}

const formatMask = 0x5412;
const formats = new Set(
  Array.from({ length: 32 }, (_, data) => ((data << 10) | remainder(data, 10, 0x537)) ^ formatMask),
);
