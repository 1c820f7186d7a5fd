import { createLogger, type Logger } from '@zarpa/observability';
import { z } from 'zod';
import { Consumer, createTopology, DeadLetters, type MessageHandlers, type MessageQueue, Publisher } from '../index.ts';

/** A small catalog for the tests of this package. */
export const shipCatalog = {
  'ship.sail': z.object({ ship: z.string(), leg: z.int() }),
  'ship.dock': z.object({ ship: z.string() }),
} as const;
export type ShipHandlers = MessageHandlers<typeof shipCatalog>;

/** Silent unless LOG_LEVEL says otherwise. */
export const logger: Logger = createLogger({ app: 'test', level: process.env.LOG_LEVEL ?? 'silent' });

/** Everything of one fleet's queue on the broker at `url`; `close` ends what was opened through it. */
export function openFleet(options: { url: string; namePrefix?: string; fleet: string; retryDelaysMs?: number[] }) {
  const topology = createTopology({
    namePrefix: options.namePrefix ?? '',
    retryDelaysMs: options.retryDelaysMs ?? [50, 100, 200],
  });
  const queue: MessageQueue = topology.commandQueue(options.fleet);
  const open: Array<{ close(): Promise<void> }> = [];
  return {
    queue,
    deadLetters: new DeadLetters({ url: options.url }),
    publisher(settings: { timeoutMs?: number } = {}) {
      const publisher = new Publisher({
        ...settings,
        url: options.url,
        catalog: shipCatalog,
        exchange: topology.commandExchange,
        queues: [queue],
        logger,
      });
      open.push(publisher);
      publisher.start();
      return publisher;
    },
    consumer(handlers: Partial<ShipHandlers>, settings: { prefetch?: number } = {}) {
      const consumer = new Consumer({
        ...settings,
        url: options.url,
        queue,
        catalog: shipCatalog,
        handlers: { 'ship.sail': async () => undefined, 'ship.dock': async () => undefined, ...handlers },
        key: (payload) => payload.ship,
        logger,
      });
      open.push(consumer);
      consumer.start();
      return consumer;
    },
    async close() {
      for (const opened of open.splice(0).reverse()) await opened.close();
    },
  };
}
