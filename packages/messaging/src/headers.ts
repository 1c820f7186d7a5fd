import type { MessageProperties } from 'amqplib';

/** Names of the AMQP headers that this package writes. */
export const headerNames = {
  traceparent: 'traceparent',
  /** Ties a returned message to the call that sent it. */
  publishId: 'x-publish-id',
  /** How often a handler has failed on it. */
  attempts: 'x-attempts',
  firstFailedAt: 'x-first-failed-at',
  originalExchange: 'x-original-exchange',
  originalRoutingKey: 'x-original-routing-key',
  deadCode: 'x-dead-code',
  deadMessage: 'x-dead-message',
  deadAt: 'x-dead-at',
} as const;

const writtenByBroker = ['x-death', 'x-delivery-count', 'x-acquired-count', 'CC', 'BCC'];
const writtenByDeath: string[] = [
  headerNames.attempts,
  headerNames.firstFailedAt,
  headerNames.deadCode,
  headerNames.deadMessage,
  headerNames.deadAt,
];

/** The headers to send a received message on with: without what the broker wrote about this delivery. */
export function headersToForward(properties: MessageProperties): Record<string, unknown> {
  return keep(
    properties.headers ?? {},
    (name) => !writtenByBroker.includes(name) && !/^x-(first|last)-death/.test(name),
  );
}

/** The headers of a dead letter that starts anew. */
export function headersToReplay(properties: MessageProperties): Record<string, unknown> {
  return keep(headersToForward(properties), (name) => !writtenByDeath.includes(name));
}

/** A text header, or null where it is missing or of another type. */
export function textHeader(properties: MessageProperties, name: string): string | null {
  const value: unknown = properties.headers?.[name];
  return typeof value === 'string' ? value : null;
}

export function attemptsOf(properties: MessageProperties): number {
  const value: unknown = properties.headers?.[headerNames.attempts];
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

function keep(headers: Record<string, unknown>, wanted: (name: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => wanted(name)));
}
