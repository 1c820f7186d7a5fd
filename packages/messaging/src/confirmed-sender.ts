import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@zarpa/observability';
import type { Channel, Message, Options } from 'amqplib';
import { backoffMs } from './backoff.ts';
import { BrokerConnection, type BrokerSession } from './broker-connection.ts';
import { withDeadline } from './deadline.ts';
import { PublishError } from './errors.ts';
import { headerNames } from './headers.ts';

/** What goes on the wire. */
export interface OutgoingMessage {
  readonly exchange: string;
  readonly routingKey: string;
  readonly content: Buffer;
  readonly properties: Options.Publish;
}

/**
 * Sends persistent, mandatory messages on a connection that nothing consumes on (the broker stops reading from a
 * connection that publishes when it runs short of memory, and acknowledgements would wait behind).
 */
export class ConfirmedSender {
  readonly #connection: BrokerConnection;
  readonly #returned = new Set<string>();
  readonly #timeoutMs: number;
  #sequence = 0;

  constructor(options: {
    url: string;
    name: string;
    logger: Logger;
    declare: (channel: Channel) => Promise<void>;
    timeoutMs: number;
  }) {
    this.#timeoutMs = options.timeoutMs;
    this.#connection = new BrokerConnection({
      ...options,
      setup: async ({ channel }) => {
        this.#returned.clear();
        channel.on('return', (message: Message) => this.#returned.add(publishIdOf(message)));
        await options.declare(channel);
      },
    });
  }

  start(): void {
    this.#connection.start();
  }

  check(): Promise<void> {
    return this.#connection.check();
  }

  session(timeoutMs: number): Promise<BrokerSession> {
    return this.#connection.session(timeoutMs);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /**
   * Resolves once the broker has confirmed the message. Where the connection is lost before that, or the broker refuses
   * it (a queue without a leader does, for a moment), sends it again, so it may arrive twice. Messages that wait for a
   * connection keep their order. @throws PublishError within the timeout, always.
   */
  async send(message: OutgoingMessage): Promise<void> {
    const deadline = Date.now() + this.#timeoutMs;
    for (let attempt = 0; ; attempt++) {
      const session = await this.#connection.session(Math.max(0, deadline - Date.now()));
      try {
        return await this.#sendOn(session, message, Math.max(0, deadline - Date.now()));
      } catch (error) {
        const pauseMs = pauseBeforeResending(error, attempt);
        if (pauseMs === null || Date.now() + pauseMs >= deadline) throw error;
        if (pauseMs > 0) await delay(pauseMs);
      }
    }
  }

  #sendOn(session: BrokerSession, message: OutgoingMessage, timeoutMs: number): Promise<void> {
    const publishId = String(this.#sequence++);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const { exchange, routingKey, content, properties } = message;
    const headers = { ...properties.headers, [headerNames.publishId]: publishId };
    try {
      session.channel.publish(
        exchange,
        routingKey,
        content,
        { ...properties, headers, persistent: true, mandatory: true },
        (error: unknown) => {
          if (error) return reject(refusal(session, error));
          if (!this.#returned.delete(publishId)) return resolve();
          reject(new PublishError('unroutable', `No queue takes ${routingKey} of exchange "${exchange}"`));
        },
      );
    } catch (cause) {
      // amqplib throws at once on a channel that has closed.
      session.abandon(new Error('The channel has closed', { cause }));
      reject(new PublishError('connection_lost', 'The channel has closed', { cause }));
    }
    const expired = () => new PublishError('timeout', `The broker did not confirm within ${timeoutMs} ms`);
    return withDeadline(promise, timeoutMs, expired);
  }
}

/** Null for an error that sending again does not mend. */
function pauseBeforeResending(error: unknown, attempt: number): number | null {
  if (!(error instanceof PublishError)) return null;
  if (error.code === 'connection_lost') return 0;
  return error.code === 'rejected' ? backoffMs(attempt) : null;
}

function refusal(session: BrokerSession, cause: unknown): PublishError {
  if (session.isOpen()) return new PublishError('rejected', 'The broker refused the message', { cause });
  return new PublishError('connection_lost', 'The connection was lost before the confirm', { cause });
}

function publishIdOf(message: Message): string {
  return String(message.properties.headers?.[headerNames.publishId]);
}
