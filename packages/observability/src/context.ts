import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { childTraceparent, parseTraceparent } from './traceparent.ts';

/** What ties together everything done for one request or message, across processes. */
export interface Context {
  readonly correlationId: string;
  readonly traceparent: string;
}

const storage = new AsyncLocalStorage<Context>();
const correlationIdPattern = /^[\w.:-]{1,128}$/;

/**
 * Runs `fn` as a new span of the given trace. A missing or malformed part (it may come from a stranger's header)
 * is replaced by a fresh one.
 */
export function runWithContext<T>(incoming: { correlationId?: unknown; traceparent?: unknown }, fn: () => T): T {
  const { correlationId, traceparent } = incoming;
  const valid = typeof correlationId === 'string' && correlationIdPattern.test(correlationId);
  return storage.run(
    { correlationId: valid ? correlationId : randomUUID(), traceparent: childTraceparent(traceparent) },
    fn,
  );
}

/** The context of the running request or message; undefined outside of one. */
export function currentContext(): Context | undefined {
  return storage.getStore();
}

/** The fields that every log line of the running context carries. */
export function contextFields(): Record<string, string> {
  const context = storage.getStore();
  if (!context) return {};
  const traceId = parseTraceparent(context.traceparent)?.traceId;
  return { correlationId: context.correlationId, ...(traceId && { traceId }) };
}
