import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { commandCatalog } from '@zarpa/contracts';
import { createTopology, OutboxRelay, Publisher, type Topology } from '@zarpa/messaging';
import type { Logger } from '@zarpa/observability';
import { ChangeFeed } from '../changes/change-feed.ts';
import { schemaName } from '../database/data-source.ts';
import { Database } from '../database/database.ts';
import { LOGGER } from '../platform/logger.ts';
import { SETTINGS, type Settings } from '../settings.ts';

/** Commands on their way out: from the outbox to each cluster's queue. */
@Injectable()
export class Broker implements OnApplicationShutdown {
  readonly topology: Topology;
  private running: { publisher: Publisher<typeof commandCatalog>; relay: OutboxRelay } | undefined;

  constructor(
    private readonly database: Database,
    private readonly changes: ChangeFeed,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.topology = createTopology({ namePrefix: settings.RABBITMQ_NAME_PREFIX });
  }

  /** Every cluster has its queue before anything is sent to it. What is committed leaves at once. */
  async start(): Promise<void> {
    const { rows } = await this.database.pool.query<{ id: string }>('SELECT cluster_id AS id FROM cluster');
    const { logger, settings, topology } = this;
    const publisher = new Publisher({
      url: settings.RABBITMQ_URL.reveal(),
      catalog: commandCatalog,
      exchange: topology.commandExchange,
      queues: rows.map(({ id }) => topology.commandQueue(id)),
      logger,
    });
    const relay = new OutboxRelay({
      databaseUrl: settings.DATABASE_URL.reveal(),
      schema: schemaName,
      publisher,
      logger,
    });
    this.running = { publisher, relay };
    publisher.start();
    relay.start();
    this.changes.on('instance', () => relay.wake());
  }

  async check(): Promise<void> {
    if (!this.running) throw new Error('The broker has not been started');
    await this.running.publisher.check();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.running?.relay.close();
    await this.running?.publisher.close();
  }
}
