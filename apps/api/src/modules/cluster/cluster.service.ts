import { Inject, Injectable } from '@nestjs/common';
import type { ClusterReported } from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import { LOGGER } from '../../platform/logger.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { ClusterRepository } from './cluster.repository.ts';

/** What the API itself does about clusters; operators have `cluster.js`. */
@Injectable()
export class ClusterService {
  private readonly strangers = new Set<string>();

  constructor(
    private readonly clusters: ClusterRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** A new installation starts with the cluster that its settings name. */
  async ensureFirst(): Promise<void> {
    await this.clusters.insertFirst(this.settings.CLUSTER_ID, this.settings.ENGINE);
  }

  async reported(event: ClusterReported): Promise<void> {
    const { clusterId } = event;
    if ((await this.clusters.saveReport(event)) || this.strangers.has(clusterId)) return;
    const known = await this.clusters.list();
    if (known.some((row) => row.clusterId === clusterId)) return;
    this.strangers.add(clusterId);
    this.logger.warn({ clusterId }, 'Received a report of a cluster that has no row: add it with cluster.js add');
  }
}
