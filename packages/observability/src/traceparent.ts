import { randomHex } from './random-hex.ts';

/** A W3C trace context position: https://www.w3.org/TR/trace-context/ */
export interface Traceparent {
  readonly traceId: string;
  readonly parentId: string;
  readonly flags: string;
}

const pattern = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Null for anything that is not a valid version 00 `traceparent`. */
export function parseTraceparent(text: unknown): Traceparent | null {
  if (typeof text !== 'string') return null;
  const [, traceId, parentId, flags] = pattern.exec(text) ?? [];
  if (traceId === undefined || parentId === undefined || flags === undefined) return null;
  return { traceId, parentId, flags };
}

/** A new span inside the trace of `parent`, or a new trace where `parent` is missing or invalid. */
export function childTraceparent(parent?: unknown): string {
  const known = parseTraceparent(parent);
  const traceId = known?.traceId ?? randomHex(16);
  return `00-${traceId}-${randomHex(8)}-${known?.flags ?? '01'}`;
}
