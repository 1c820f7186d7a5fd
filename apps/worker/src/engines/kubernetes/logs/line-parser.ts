import { nextPiece } from '../../local/log/split-lines.ts';
import type { LogTime } from './positions.ts';

/** A line, or a piece of a longer one, with the time at which the line was written. */
export interface TimedPiece extends LogTime {
  readonly kind: 'line' | 'part';
  readonly bytes: Buffer;
}

const space = 0x20;
const lineFeed = 0x0a;
const longestTimeBytes = 40;
const timePattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** RFC 3339 with up to nine decimals; null for anything else. */
export function parseTime(text: string): LogTime | null {
  const [, seconds, fraction = '', zone] = timePattern.exec(text) ?? [];
  const nanoseconds = Number(fraction.padEnd(9, '0'));
  const at = Date.parse(`${seconds}${zone}`) + Math.floor(nanoseconds / 1_000_000);
  return Number.isNaN(at) ? null : { at, nanoseconds: nanoseconds % 1_000_000 };
}

/**
 * The kubelet's log with `timestamps=true`, as bytes come in -> timed lines. What has no time is no line of the container but a complaint of
 * the kubelet's, and left out.
 */
export class LineParser {
  /** The beginning of the first thing that had no time. */
  complaint: string | null = null;
  readonly #maxBytes: number;
  #rest: Buffer = Buffer.alloc(0);
  /** Of the line that `rest` is inside of. */
  #time: LogTime | null = null;
  #skipping = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Uint8Array): TimedPiece[] {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const pieces: TimedPiece[] = [];
    while (this.#beginLine()) {
      const piece = this.#takePiece();
      if (piece === null) break;
      pieces.push(piece);
    }
    return pieces;
  }

  /** What has no line break yet; null where there is nothing. */
  unfinished(): TimedPiece | null {
    return this.#time === null || this.#rest.length === 0 ? null : { ...this.#time, kind: 'line', bytes: this.#rest };
  }

  /** True once `rest` begins inside a line. */
  #beginLine(): boolean {
    while (this.#time === null) {
      if (this.#skipping && !this.#skipLine()) return false;
      const end = this.#rest.subarray(0, longestTimeBytes).indexOf(space);
      const time = end > 0 ? parseTime(this.#rest.toString('latin1', 0, end)) : null;
      if (time !== null) {
        this.#time = time;
        this.#rest = this.#rest.subarray(end + 1);
      } else if (end < 0 && this.#rest.length < longestTimeBytes && !this.#rest.includes(lineFeed)) return false;
      else {
        this.complaint ??= this.#rest.toString('latin1', 0, longestTimeBytes);
        this.#skipping = true;
      }
    }
    return true;
  }

  #skipLine(): boolean {
    const end = this.#rest.indexOf(lineFeed);
    this.#rest = end < 0 ? Buffer.alloc(0) : this.#rest.subarray(end + 1);
    this.#skipping = end < 0;
    return end >= 0;
  }

  #takePiece(): TimedPiece | null {
    const found = nextPiece(this.#rest, 0, this.#maxBytes);
    if (found === null || this.#time === null) return null;
    const piece = { ...this.#time, kind: found.kind, bytes: this.#rest.subarray(found.from, found.to) };
    this.#rest = this.#rest.subarray(found.next);
    if (found.kind === 'line') this.#time = null;
    return piece;
  }
}
