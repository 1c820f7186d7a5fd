import { setTimeout as delay } from 'node:timers/promises';
import { type ChannelModel, type ConfirmChannel, type ConsumeMessage, connect } from 'amqplib';
import type { Random } from './random.ts';

export interface Damage {
  /** Share of messages that never arrive. */
  readonly lost: number;
  /** Share that arrives twice. */
  readonly doubled: number;
  /** Each message is held back up to this long, so that they overtake each other. */
  readonly delayMs: number;
}

/**
 * Carries messages from one exchange's queue to another exchange, as a bad network would. The API and the worker use different
 * name prefixes, so that every command and event passes through it.
 */
export class Courier {
  readonly #pending = new Set<Promise<void>>();
  readonly counts = { carried: 0, lost: 0, doubled: 0 };
  readonly #connection: ChannelModel;
  readonly #channel: ConfirmChannel;
  readonly #random: Random;
  readonly #damage: Damage;

  private constructor(connection: ChannelModel, channel: ConfirmChannel, random: Random, damage: Damage) {
    this.#connection = connection;
    this.#channel = channel;
    this.#random = random;
    this.#damage = damage;
  }

  static async open(url: string, random: Random, damage: Damage): Promise<Courier> {
    const connection = await connect(url, { noDelay: true });
    connection.on('error', () => undefined);
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    return new Courier(connection, channel, random, damage);
  }

  async carry(fromQueue: string, toExchange: string): Promise<void> {
    await this.#channel.consume(fromQueue, (message) => {
      if (message === null) return;
      const work = this.#deliver(message, toExchange).finally(() => this.#pending.delete(work));
      this.#pending.add(work);
    });
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#pending);
    await this.#connection.close();
  }

  async #deliver(message: ConsumeMessage, toExchange: string): Promise<void> {
    const { lost, doubled, delayMs } = this.#damage;
    this.#channel.ack(message);
    if (this.#random.next() < lost) {
      this.counts.lost++;
      return;
    }
    const copies = this.#random.next() < doubled ? 2 : 1;
    if (copies === 2) this.counts.doubled++;
    for (let copy = 0; copy < copies; copy++) {
      await delay(this.#random.between(0, delayMs));
      const { properties, fields } = message;
      this.#channel.publish(toExchange, fields.routingKey, message.content, { ...properties, deliveryMode: 2 });
      this.counts.carried++;
    }
  }
}
