import type { RawLogRecord } from '../../log-source.ts';

/** A line that the engine itself writes into a log, between the bot's. */
export interface Marker {
  readonly kind: 'started' | 'exited' | 'notice';
  readonly at: number;
  readonly text: string;
  readonly data: Readonly<Record<string, string>>;
}

/** Nobody else can write a marker: `nonce` is known to the engine alone. */
export function encodeMarker(nonce: string, marker: Marker): string {
  return `${markerStart(nonce)}${JSON.stringify(marker)}\n`;
}

/** The marker in a line's bytes; null for a line of the bot's. */
export function decodeMarker(
  nonce: string,
  bytes: Buffer,
): Pick<RawLogRecord, 'kind' | 'at' | 'bytes' | 'data'> | null {
  const start = markerStart(nonce);
  if (bytes.length < start.length || bytes.toString('latin1', 0, start.length) !== start) return null;
  const { kind, at, text, data } = JSON.parse(bytes.toString('utf8', start.length)) as Marker;
  return { kind, at, bytes: Buffer.from(text), data };
}

const markerStart = (nonce: string): string => `\x1e${nonce} `;
