import type { Channel } from 'amqplib';

/** A quorum queue with what belongs to it: delayed retries that lead back to it, and its dead letters. */
export interface MessageQueue {
  readonly name: string;
  readonly exchange: string;
  readonly bindingKey: string;
  /** One queue for each delay, shortest first. A message that fails n times waits in the n-th. */
  readonly retries: ReadonlyArray<{ readonly name: string; readonly delayMs: number }>;
  readonly deadLetterQueue: string;
}

/** The names of exchanges and queues on one broker. */
export interface Topology {
  readonly commandExchange: string;
  readonly eventExchange: string;
  /** Commands for one cluster, routed by its id. */
  commandQueue(clusterId: string): MessageQueue;
  /** Every event, for one consuming service. */
  eventQueue(service: string): MessageQueue;
}

const defaultRetryDelaysMs = [5_000, 30_000, 300_000];
/** Redeliveries after a consumer's death, which no handler counted. */
const crashLimit = 20;
/** RabbitMQ 4 drops a message after 20 returns unless told otherwise, and every look at dead letters returns them. */
const unlimited = 1_000_000_000;

/** `namePrefix` begins every name, for a broker where no virtual host may be created. */
export function createTopology(options: { namePrefix?: string; retryDelaysMs?: readonly number[] } = {}): Topology {
  const { namePrefix = '', retryDelaysMs = defaultRetryDelaysMs } = options;
  const commandExchange = `${namePrefix}commands`;
  const eventExchange = `${namePrefix}events`;
  const queue = (exchange: string, consumer: string, bindingKey: string): MessageQueue => ({
    name: `${exchange}.${consumer}`,
    exchange,
    bindingKey,
    retries: retryDelaysMs.map((delayMs) => ({ name: `${exchange}.${consumer}.retry.${delayMs}ms`, delayMs })),
    deadLetterQueue: `${exchange}.${consumer}.dead`,
  });
  return {
    commandExchange,
    eventExchange,
    commandQueue: (clusterId) => queue(commandExchange, clusterId, clusterId),
    eventQueue: (service) => queue(eventExchange, service, '#'),
  };
}

/** Every queue that belongs to `queue`, itself included. */
export function queueNames(queue: MessageQueue): string[] {
  return [queue.name, ...queue.retries.map((retry) => retry.name), queue.deadLetterQueue];
}

/** Makes what is missing. Idempotent; both the publishing and the consuming side call it whenever they connect. */
export async function declareQueue(channel: Channel, queue: MessageQueue): Promise<void> {
  await channel.assertExchange(queue.exchange, 'topic', { durable: true });
  await assertQuorumQueue(channel, queue.deadLetterQueue, { 'x-delivery-limit': unlimited });
  await assertQuorumQueue(channel, queue.name, {
    'x-delivery-limit': crashLimit,
    ...deadLetterTo(queue.deadLetterQueue),
  });
  for (const retry of queue.retries) {
    await assertQuorumQueue(channel, retry.name, { 'x-message-ttl': retry.delayMs, ...deadLetterTo(queue.name) });
  }
  await channel.bindQueue(queue.name, queue.exchange, queue.bindingKey);
}

async function assertQuorumQueue(channel: Channel, name: string, args: Record<string, unknown>): Promise<void> {
  await channel.assertQueue(name, { durable: true, arguments: { 'x-queue-type': 'quorum', ...args } });
}

function deadLetterTo(queueName: string): Record<string, unknown> {
  return {
    'x-dead-letter-exchange': '',
    'x-dead-letter-routing-key': queueName,
    // At-least-once dead-lettering exists only together with this overflow behaviour.
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  };
}
