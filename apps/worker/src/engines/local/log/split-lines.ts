/** A record's place in a buffer: its bytes are `from` to `to`, the next record begins at `next`. */
export interface Piece {
  readonly kind: 'line' | 'part';
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Cuts a buffer that begins at a record into records. A line longer than `maxBytes` becomes parts, cut between UTF-8 characters.
 * What is left after the last piece is not complete yet. The cuts depend on the bytes alone: from any record's end on they are the same.
 */
export function splitLines(buffer: Buffer, maxBytes: number): Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from < buffer.length; ) {
    const piece = nextPiece(buffer, from, maxBytes);
    if (piece === null) return pieces;
    pieces.push(piece);
    from = piece.next;
  }
  return pieces;
}

export function nextPiece(buffer: Buffer, from: number, maxBytes: number): Piece | null {
  const window = buffer.subarray(from, from + maxBytes + 1);
  const length = window.indexOf(lineFeed);
  if (length >= 0) {
    const end = from + length;
    const to = length > 0 && buffer[end - 1] === carriageReturn ? end - 1 : end;
    return { kind: 'line', from, to, next: end + 1 };
  }
  if (window.length <= maxBytes) return null;
  const cut = from + characterBoundary(window, maxBytes);
  return { kind: 'part', from, to: cut, next: cut };
}

/** The last place at or before `index` where a UTF-8 character begins; `index` itself where the bytes are not UTF-8. */
function characterBoundary(bytes: Buffer, index: number): number {
  for (let at = index; at > index - 4 && at > 0; at--) {
    if (((bytes[at] ?? 0) & 0xc0) !== 0x80) return at;
  }
  return index;
}
