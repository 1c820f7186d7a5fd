import { randomUUID } from 'node:crypto';
import type { ConsumeMessage } from 'amqplib';
import type { ConfirmedSender } from './confirmed-sender.ts';
import { InvalidMessage, RejectMessage, RetryLater } from './errors.ts';
import { attemptsOf, headerNames, headersToForward, textHeader } from './headers.ts';
import type { MessageQueue } from './topology.ts';

/** What becomes of a message. `queue` is where its copy goes. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly queue: string; readonly code: string; readonly error: unknown }
  | { readonly kind: 'dead'; readonly queue: string; readonly code: string; readonly error: unknown };

const maxReasonLength = 500;

/** A message that can never succeed dies at once, any other error is retried until the delays are used up. */
export function outcomeOf(error: unknown, failedAttempts: number, queue: MessageQueue): Outcome {
  const dead = { kind: 'dead', queue: queue.deadLetterQueue, error } as const;
  if (error instanceof InvalidMessage || error instanceof RejectMessage) return { ...dead, code: error.code };
  const retry = queue.retries[failedAttempts];
  if (!retry) return { ...dead, code: 'retries_exhausted' };
  return { kind: 'retry', queue: retry.name, code: error instanceof RetryLater ? 'retry_later' : 'failed', error };
}

/** Sends the copy of a message to its retry or dead-letter queue and resolves when the broker has it. */
export async function forwardCopy(
  sender: ConfirmedSender,
  message: ConsumeMessage,
  outcome: Exclude<Outcome, { kind: 'done' }>,
): Promise<void> {
  const { properties, fields, content } = message;
  const now = new Date().toISOString();
  const headers = {
    [headerNames.originalExchange]: fields.exchange,
    [headerNames.originalRoutingKey]: fields.routingKey,
    ...headersToForward(properties),
    [headerNames.attempts]: attemptsOf(properties) + 1,
    [headerNames.firstFailedAt]: textHeader(properties, headerNames.firstFailedAt) ?? now,
    ...(outcome.kind === 'dead' && {
      [headerNames.deadCode]: outcome.code,
      [headerNames.deadMessage]: reasonOf(outcome.error),
      [headerNames.deadAt]: now,
    }),
  };
  const { type, contentType, correlationId, timestamp, messageId = randomUUID() } = properties;
  await sender.send({
    exchange: '',
    routingKey: outcome.queue,
    content,
    properties: { type, contentType, correlationId, timestamp, messageId, headers },
  });
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, maxReasonLength);
}
