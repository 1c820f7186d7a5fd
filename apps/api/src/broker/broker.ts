import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { commandCatalog } from '@zarpa/contracts';
import { createTopology, type MessageQueue, OutboxRelay, Publisher, type Topology } from '@zarpa/messaging';
import type { Logger } from '@zarpa/observability';
import { ChangeFeed } from '../changes/change-feed.ts';
import { schemaName } from '../database/data-source.ts';
import { Database } from '../database/database.ts';
import { LOGGER } from '../platform/logger.ts';
import { Periodic } from '../platform/periodic.ts';
import { SETTINGS, type Settings } from '../settings.ts';

/** Commands on their way out: from the outbox to each cluster's queue. */
@Injectable()
export class Broker implements OnApplicationShutdown {
  readonly topology: Topology;
  private running: { publisher: Publisher<typeof commandCatalog>; relay: OutboxRelay; queues: Periodic } | undefined;

  constructor(
    private readonly database: Database,
    private readonly changes: ChangeFeed,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.topology = createTopology({ namePrefix: settings.RABBITMQ_NAME_PREFIX });
  }

  /** Every cluster has its queue before anything is sent to it, one that is added later as well. What is committed leaves at once. */
  async start(): Promise<void> {
    const { logger, settings, topology } = this;
    const publisher = new Publisher({
      url: settings.RABBITMQ_URL.reveal(),
      catalog: commandCatalog,
      exchange: topology.commandExchange,
      queues: await this.queues(),
      logger,
    });
    const relay = new OutboxRelay({
      databaseUrl: settings.DATABASE_URL.reveal(),
      schema: schemaName,
      publisher,
      logger,
    });
    const task = async () => {
      for (const queue of await this.queues()) await publisher.declare(queue);
    };
    const queues = new Periodic({ name: 'cluster-queues', everyMs: settings.SAFETY_NET_INTERVAL, logger, task });
    this.running = { publisher, relay, queues };
    publisher.start();
    relay.start();
    queues.start();
    this.changes.on('instance', () => relay.wake());
  }

  private async queues(): Promise<MessageQueue[]> {
    const { rows } = await this.database.pool.query<{ id: string }>('SELECT cluster_id AS id FROM cluster');
    return rows.map(({ id }) => this.topology.commandQueue(id));
  }

  async check(): Promise<void> {
    if (!this.running) throw new Error('The broker has not been started');
    await this.running.publisher.check();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.running?.queues.stop();
    await this.running?.relay.close();
    await this.running?.publisher.close();
  }
}
