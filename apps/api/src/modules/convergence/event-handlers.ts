import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { type DeploymentLogged, type eventCatalog, type InstanceQr, LogLineId } from '@zarpa/contracts';
import { type MessageHandlers, RejectMessage } from '@zarpa/messaging';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { ClusterService } from '../cluster/index.ts';
import { InventoryService } from './inventory.service.ts';
import { KeepsakesRepository } from './keepsakes.repository.ts';
import { ObservationService } from './observation.service.ts';

const unzip = promisify(gunzip);
const largestLogBytes = 64 * 1024 * 1024;

/** What the API does about each event of a worker. */
@Injectable()
export class EventHandlers {
  readonly all: MessageHandlers<typeof eventCatalog> = {
    'instance.observed': ({ observed }) => this.observations.observed(observed),
    'deployment.progressed': ({ clusterId, progress }) => this.observations.progressed(clusterId, progress),
    'deployment.logged': (event) => this.logged(event),
    'instance.qr': (event) => this.qrSeen(event),
    'cluster.inventory': (event) => this.inventory.compare(event),
    'cluster.reported': (event) => this.clusters.reported(event),
    'metrics.rolled_up': (event) => this.keepsakes.saveAverages(event),
  };

  constructor(
    private readonly observations: ObservationService,
    private readonly inventory: InventoryService,
    private readonly clusters: ClusterService,
    private readonly keepsakes: KeepsakesRepository,
    private readonly feed: ChangeFeed,
  ) {}

  /** A log that nobody could read back is refused now. */
  private async logged(event: DeploymentLogged): Promise<void> {
    const gzipped = Buffer.from(event.gzippedJsonLines, 'base64');
    await unzip(gzipped, { maxOutputLength: largestLogBytes }).catch((cause: unknown) => {
      throw new RejectMessage('invalid_gzip', 'The build log is not gzip, or too large', { cause });
    });
    await this.keepsakes.saveBuildLog(event);
    this.feed.emit('deployment', { deploymentId: event.deploymentId });
  }

  private async qrSeen(event: InstanceQr): Promise<void> {
    if (!LogLineId.safeParse(event.logId).success) throw new RejectMessage('invalid_log_id', 'The log id is none');
    if (await this.keepsakes.saveQr(event)) this.feed.emit('instance', { instanceId: event.instanceId });
  }
}
