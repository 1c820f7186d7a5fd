import type { Logger } from '@zarpa/observability';
import type { ConsumeMessage } from 'amqplib';
import { attemptsOf } from './headers.ts';
import type { Outcome } from './outcome.ts';

/** Writes the one log line of a delivery. */
export function reportMessage(
  logger: Logger,
  event: {
    queue: string;
    message: ConsumeMessage;
    outcome: Outcome;
    /** Whether the broker has been told; if not it delivers the message again. */
    settled: boolean;
    key: string | undefined;
    waitMs: number;
    durationMs: number;
  },
): void {
  const { queue, message, outcome, settled, key } = event;
  const fields = {
    message: message.properties.type,
    messageId: message.properties.messageId,
    queue,
    key,
    attempt: attemptsOf(message.properties) + 1,
    redelivered: message.fields.redelivered,
    outcome: outcome.kind,
    settled,
    waitMs: Math.round(event.waitMs),
    durationMs: Math.round(event.durationMs),
  };
  if (outcome.kind === 'done') {
    logger.info(fields, 'Handled message');
    return;
  }
  const level = outcome.kind === 'retry' ? 'warn' : 'error';
  logger[level]({ ...fields, code: outcome.code, err: outcome.error }, 'Failed to handle message');
}
