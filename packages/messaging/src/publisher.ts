import { randomUUID } from 'node:crypto';
import { type Context, childTraceparent, currentContext, type Logger } from '@zarpa/observability';
import type { MessageCatalog, MessageInput, MessageName } from './catalog.ts';
import { ConfirmedSender } from './confirmed-sender.ts';
import { InvalidMessage, invalidPayload } from './errors.ts';
import { headerNames } from './headers.ts';
import { declareQueue, type MessageQueue } from './topology.ts';

const defaultTimeoutMs = 15_000;

/** What a publisher adds to a payload. */
export interface PublishOptions {
  /** The message's name where it is left out. */
  readonly routingKey?: string;
  /** Stable across repeated sending of the same message. */
  readonly messageId?: string;
  /** The running context where it is left out. */
  readonly context?: Partial<Context>;
}

/** Publishes the messages of one catalog to one exchange. */
export class Publisher<C extends MessageCatalog> {
  readonly #catalog: C;
  readonly #exchange: string;
  readonly #queues: Map<string, MessageQueue>;
  readonly #sender: ConfirmedSender;

  /** `queues` are declared on every connection: without a queue a message is unroutable, which is an error. */
  constructor(options: {
    url: string;
    catalog: C;
    exchange: string;
    queues: readonly MessageQueue[];
    logger: Logger;
    timeoutMs?: number;
  }) {
    this.#catalog = options.catalog;
    this.#exchange = options.exchange;
    this.#queues = new Map(options.queues.map((queue) => [queue.name, queue]));
    this.#sender = new ConfirmedSender({
      url: options.url,
      name: `publisher ${options.exchange}`,
      logger: options.logger,
      timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
      declare: async (channel) => {
        await channel.assertExchange(options.exchange, 'topic', { durable: true });
        for (const queue of this.#queues.values()) await declareQueue(channel, queue);
      },
    });
  }

  /** Begins to connect and returns at once; what is published meanwhile waits. */
  start(): void {
    this.#sender.start();
  }

  /** For readiness: rejects while there is no connection. */
  check(): Promise<void> {
    return this.#sender.check();
  }

  /** Resolves when there is a connection. @throws PublishError `timeout` or `closed`. */
  async connected(timeoutMs: number): Promise<void> {
    await this.#sender.session(timeoutMs);
  }

  /** Adds a queue, now and on every later connection. */
  async declare(queue: MessageQueue): Promise<void> {
    if (this.#queues.has(queue.name)) return;
    this.#queues.set(queue.name, queue);
    const session = await this.#sender.session(defaultTimeoutMs);
    await declareQueue(session.channel, queue);
  }

  /**
   * Resolves once the broker has the message on disk; it arrives at least once.
   * @throws InvalidMessage before anything is sent. @throws PublishError when the broker did not confirm in time.
   */
  async publish<N extends MessageName<C>>(
    name: N,
    payload: MessageInput<C, N>,
    options: PublishOptions = {},
  ): Promise<void> {
    await this.publishUntyped(name, payload, options);
  }

  /** As `publish`, for a payload that was stored: its name and shape are checked at run time alone. */
  async publishUntyped(name: string, payload: unknown, options: PublishOptions = {}): Promise<void> {
    const content = Buffer.from(JSON.stringify(parsePayload(this.#catalog, name, payload)));
    const context = options.context ?? currentContext();
    await this.#sender.send({
      exchange: this.#exchange,
      routingKey: options.routingKey ?? name,
      content,
      properties: {
        type: name,
        contentType: 'application/json',
        messageId: options.messageId ?? randomUUID(),
        correlationId: context?.correlationId ?? randomUUID(),
        timestamp: Math.floor(Date.now() / 1_000),
        headers: { [headerNames.traceparent]: childTraceparent(context?.traceparent) },
      },
    });
  }

  async close(): Promise<void> {
    await this.#sender.close();
  }
}

/** @throws InvalidMessage */
export function parsePayload(catalog: MessageCatalog, name: string, payload: unknown): unknown {
  const schema = Object.hasOwn(catalog, name) ? catalog[name] : undefined;
  if (!schema) throw new InvalidMessage('unknown_message', `There is no message named ${name.slice(0, 100)}`);
  const result = schema.safeParse(payload);
  if (!result.success) throw invalidPayload(name, result.error);
  return result.data;
}
