import { type ConfirmChannel, connect, type GetMessage } from 'amqplib';
import { PublishError } from './errors.ts';
import { attemptsOf, headerNames, headersToReplay, textHeader } from './headers.ts';
import { declareQueue, type MessageQueue } from './topology.ts';

/** A message that was given up, and why. */
export interface DeadLetter {
  readonly messageId: string;
  readonly name: string;
  readonly content: string;
  /** `invalid_payload`, `retries_exhausted`, `delivery_limit` (its consumers died), a handler's own code. */
  readonly code: string;
  readonly reason: string;
  readonly attempts: number;
  readonly firstFailedAt: string | null;
  readonly deadAt: string | null;
  readonly originalExchange: string | null;
  readonly originalRoutingKey: string | null;
  readonly correlationId: string | null;
}

interface Taken {
  readonly message: GetMessage;
  readonly letter: DeadLetter;
}

const timeoutMs = 10_000;
/** What is looked at in one operation. */
const maxTaken = 10_000;

/** Shows and replays what has been dead-lettered. One operation at a time; each on a connection of its own. */
export class DeadLetters {
  readonly #url: string;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(options: { url: string }) {
    this.#url = options.url;
  }

  /** The oldest dead letters of a queue, which stay where they are, and how many there are in all. */
  list(queue: MessageQueue, options: { limit: number }): Promise<{ total: number; letters: DeadLetter[] }> {
    return this.#withDeadLetters(queue, async (dead) => ({
      total: dead.length,
      letters: dead.slice(0, options.limit).map(({ letter }) => letter),
    }));
  }

  /** Sends one back to its queue as if it had never failed; false where there is no such dead letter. */
  replay(queue: MessageQueue, messageId: string): Promise<boolean> {
    return this.#withDeadLetters(queue, async (dead, channel) => {
      const found = dead.find(({ letter }) => letter.messageId === messageId);
      if (found) await replayMessage(channel, queue, found.message);
      return found !== undefined;
    });
  }

  /** Sends back all that are there now, oldest first, and says how many; one that dies again meanwhile stays. */
  replayAll(queue: MessageQueue): Promise<number> {
    return this.#withDeadLetters(queue, async (dead, channel) => {
      for (const { message } of dead) await replayMessage(channel, queue, message);
      return dead.length;
    });
  }

  /**
   * Takes all of them and puts back what has not been acknowledged. A quorum queue puts it at its end, so taking a part
   * would change the order; hence all, sorted by age.
   */
  #withDeadLetters<T>(queue: MessageQueue, work: (dead: Taken[], channel: ConfirmChannel) => Promise<T>): Promise<T> {
    return this.#withChannel(async (channel) => {
      await declareQueue(channel, queue);
      const dead: Taken[] = [];
      while (dead.length < maxTaken) {
        const message = await channel.get(queue.deadLetterQueue);
        if (!message) break;
        dead.push({ message, letter: deadLetterOf(message) });
      }
      const byAge = (a: Taken, b: Taken) => (a.letter.deadAt ?? '').localeCompare(b.letter.deadAt ?? '');
      const result = await work(dead.toSorted(byAge), channel);
      // Closing would put them back too, but only some time later.
      channel.nackAll(true);
      return result;
    });
  }

  #withChannel<T>(work: (channel: ConfirmChannel) => Promise<T>): Promise<T> {
    const operation = this.#tail.then(async () => {
      const connection = await connect(this.#url, { noDelay: true, timeout: timeoutMs });
      connection.on('error', ignore);
      try {
        const channel = await connection.createConfirmChannel();
        channel.on('error', ignore);
        const result = await work(channel);
        // Closing the connection alone may lose an acknowledgement that is on its way.
        await channel.close();
        return result;
      } finally {
        await connection.close().catch(ignore);
      }
    });
    this.#tail = operation.catch(ignore);
    return operation;
  }
}

async function replayMessage(channel: ConfirmChannel, queue: MessageQueue, message: GetMessage): Promise<void> {
  const { type, contentType, correlationId, timestamp, messageId } = message.properties;
  const headers = headersToReplay(message.properties);
  const options = {
    type,
    contentType,
    correlationId,
    timestamp,
    messageId,
    headers,
    persistent: true,
    mandatory: true,
  };
  const returned = Promise.withResolvers<never>();
  const onReturn = () => returned.reject(new PublishError('unroutable', `There is no queue ${queue.name}`));
  channel.once('return', onReturn);
  const confirmed = new Promise<void>((resolve, reject) => {
    channel.publish('', queue.name, message.content, options, (error: unknown) => (error ? reject(error) : resolve()));
  });
  try {
    await Promise.race([returned.promise, confirmed]);
  } finally {
    channel.off('return', onReturn);
  }
  channel.ack(message);
}

function deadLetterOf({ properties, content }: GetMessage): DeadLetter {
  const text = (name: string) => textHeader(properties, name);
  const death = properties.headers?.['x-death']?.[0];
  const diedByBroker = text(headerNames.deadCode) === null;
  return {
    messageId: String(properties.messageId ?? ''),
    name: String(properties.type ?? ''),
    content: content.toString('utf8'),
    code: text(headerNames.deadCode) ?? String(death?.reason ?? 'unknown'),
    reason: text(headerNames.deadMessage) ?? 'Its consumers died while they handled it',
    attempts: attemptsOf(properties),
    firstFailedAt: text(headerNames.firstFailedAt),
    deadAt: diedByBroker && death ? new Date(death.time.value * 1_000).toISOString() : text(headerNames.deadAt),
    originalExchange: text(headerNames.originalExchange) ?? death?.exchange ?? null,
    originalRoutingKey: text(headerNames.originalRoutingKey) ?? death?.['routing-keys'][0] ?? null,
    correlationId: typeof properties.correlationId === 'string' ? properties.correlationId : null,
  };
}

function ignore(): void {}
