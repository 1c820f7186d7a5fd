import { type Logger, runWithContext } from '@zarpa/observability';
import type { ConsumeMessage } from 'amqplib';
import { BrokerConnection, type BrokerSession } from './broker-connection.ts';
import type { MessageCatalog } from './catalog.ts';
import { ConfirmedSender } from './confirmed-sender.ts';
import { withDeadline } from './deadline.ts';
import { createMessageParser, type MessageHandlers, type MessageKey, type MessageParser } from './handlers.ts';
import { attemptsOf, headerNames } from './headers.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { reportMessage } from './message-report.ts';
import { forwardCopy, type Outcome, outcomeOf } from './outcome.ts';
import { declareQueue, type MessageQueue } from './topology.ts';

const sendTimeoutMs = 30_000;

interface ConsumerOptions<C extends MessageCatalog> {
  readonly url: string;
  readonly queue: MessageQueue;
  readonly catalog: C;
  readonly handlers: MessageHandlers<C>;
  readonly key?: MessageKey<C>;
  /** How many messages are handled at a time. */
  readonly prefetch?: number;
  readonly logger: Logger;
}

/**
 * Takes messages off one queue: parse, run the handler in the message's context, then acknowledge, retry after a delay
 * or dead-letter. A message is acknowledged only after its handler has returned or its copy has been confirmed elsewhere.
 */
export class Consumer<C extends MessageCatalog> {
  readonly #queue: MessageQueue;
  readonly #logger: Logger;
  readonly #parse: MessageParser;
  readonly #prefetch: number;
  readonly #connection: BrokerConnection;
  readonly #sender: ConfirmedSender;
  readonly #keyed = new KeyedQueue();
  readonly #inFlight = new Set<Promise<void>>();
  #consumerTag: string | null = null;
  #closing: Promise<void> | null = null;

  constructor(options: ConsumerOptions<C>) {
    const { url, queue, logger } = options;
    this.#queue = queue;
    this.#logger = logger;
    this.#prefetch = options.prefetch ?? 20;
    this.#parse = createMessageParser(options);
    this.#connection = new BrokerConnection({
      url,
      logger,
      name: `consumer ${queue.name}`,
      setup: (session) => this.#consume(session),
    });
    this.#sender = new ConfirmedSender({
      url,
      logger,
      name: `consumer ${queue.name}, retries`,
      timeoutMs: sendTimeoutMs,
      declare: (channel) => declareQueue(channel, queue),
    });
  }

  /** Begins to connect, and returns at once. */
  start(): void {
    this.#connection.start();
    this.#sender.start();
  }

  /** For readiness: rejects while there is no connection. */
  async check(): Promise<void> {
    await this.#connection.check();
    await this.#sender.check();
  }

  /** Takes no more messages, lets running handlers end for at most `drainMs`, and closes. Others are delivered again. */
  close(options: { drainMs?: number } = {}): Promise<void> {
    this.#closing ??= this.#drainAndClose(options.drainMs ?? 20_000);
    return this.#closing;
  }

  async #drainAndClose(drainMs: number): Promise<void> {
    await this.#cancel();
    const drained = Promise.allSettled(this.#inFlight);
    await withDeadline(drained, drainMs, () => new Error('Handlers still run')).catch((error) =>
      this.#logger.warn({ err: error, queue: this.#queue.name, running: this.#inFlight.size }, 'Gave up draining'),
    );
    await this.#connection.close();
    await this.#sender.close();
  }

  async #consume(session: BrokerSession): Promise<void> {
    await declareQueue(session.channel, this.#queue);
    await session.channel.prefetch(this.#prefetch);
    const { consumerTag } = await session.channel.consume(this.#queue.name, (message) => {
      if (!message) return session.abandon(new Error('The broker cancelled the consumer'));
      const handling = this.#handle(session, message).finally(() => this.#inFlight.delete(handling));
      this.#inFlight.add(handling);
    });
    this.#consumerTag = consumerTag;
  }

  async #cancel(): Promise<void> {
    const session = await this.#connection.session(0).catch(() => null);
    if (!session || this.#consumerTag === null) return;
    await session.channel.cancel(this.#consumerTag).catch(() => undefined);
  }

  /** Never rejects. */
  #handle(session: BrokerSession, message: ConsumeMessage): Promise<void> {
    const { correlationId, headers } = message.properties;
    return runWithContext({ correlationId, traceparent: headers?.[headerNames.traceparent] }, async () => {
      const receivedAt = performance.now();
      const run = await this.#run(session, message);
      // Left unacknowledged: the broker delivers it again, to this consumer's next connection or to another one.
      if (run.outcome === 'skipped') return;
      const { outcome, key, startedAt = receivedAt } = run;
      const settled = await this.#settle(session, message, outcome);
      const [waitMs, durationMs] = [startedAt - receivedAt, performance.now() - startedAt];
      reportMessage(this.#logger, { queue: this.#queue.name, message, outcome, settled, key, waitMs, durationMs });
    });
  }

  async #run(session: BrokerSession, message: ConsumeMessage): Promise<Run> {
    const { properties, content, fields } = message;
    const failedAttempts = attemptsOf(properties);
    const run: Run = { outcome: { kind: 'done' } };
    try {
      const parsed = this.#parse(properties.type, content);
      run.key = parsed.key;
      await this.#keyed.run(parsed.key, async () => {
        run.startedAt = performance.now();
        if (this.#closing || !session.isOpen()) {
          run.outcome = 'skipped';
          return;
        }
        const messageId = String(properties.messageId ?? '');
        await parsed.run({ messageId, attempt: failedAttempts + 1, redelivered: fields.redelivered });
      });
    } catch (error) {
      run.outcome = outcomeOf(error, failedAttempts, this.#queue);
    }
    return run;
  }

  /** Whether the broker has been told; if not it delivers the message again. */
  async #settle(session: BrokerSession, message: ConsumeMessage, outcome: Outcome): Promise<boolean> {
    try {
      if (outcome.kind !== 'done') await forwardCopy(this.#sender, message, outcome);
      // A delivery can be acknowledged only on the channel that it came by.
      if (!session.isOpen()) return false;
      session.channel.ack(message);
      return true;
    } catch (error) {
      this.#logger.error({ err: error, queue: this.#queue.name }, 'Failed to settle a message');
      session.abandon(new Error('A message could not be settled', { cause: error }));
      return false;
    }
  }
}

interface Run {
  outcome: Outcome | 'skipped';
  key?: string | undefined;
  startedAt?: number;
}
