import { Inject, Injectable } from '@nestjs/common';
import type { HealthView } from '@zarpa/contracts';
import { failingChecks, type Registry } from '@zarpa/observability';
import { Broker } from '../../broker/broker.ts';
import { Database } from '../../database/database.ts';
import { METRICS } from '../../platform/metrics.ts';
import { RedisConnections } from '../../redis/redis-connections.ts';
import { Convergence } from '../convergence/index.ts';
import { openApiText } from './openapi-text.ts';

/** Whether this process can do its work. */
@Injectable()
export class HealthService {
  constructor(
    private readonly database: Database,
    private readonly broker: Broker,
    private readonly convergence: Convergence,
    private readonly redis: RedisConnections,
    @Inject(METRICS) private readonly registry: Registry,
  ) {}

  async check(): Promise<HealthView> {
    const failing = await failingChecks({
      postgresql: () => this.database.pool.query('SELECT 1'),
      rabbitmq: async () => {
        await this.broker.check();
        await this.convergence.check();
      },
      redis: () => this.redis.commands.ping(),
    });
    return { status: failing.length === 0 ? 'ok' : 'failing', failing };
  }

  metrics(): Promise<string> {
    return this.registry.metrics();
  }

  openapi(): string {
    return openApiText();
  }
}
