import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { DeploymentId, InstanceId } from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { LOGGER } from '../../platform/logger.ts';
import { DeploymentSystemRepository, deploymentView } from '../deployment/index.ts';
import { InstanceService, InstanceSystemRepository } from '../instance/index.ts';
import { Coalesced } from './coalesced.ts';
import { LiveServer } from './live-server.ts';

/** Tells open pages what changed, by reading it after it was committed: what they see is what is. */
@Injectable()
export class ChangePublisher implements OnModuleInit {
  private readonly instancesTold: Coalesced<InstanceId>;
  private readonly deploymentsTold: Coalesced<DeploymentId>;

  constructor(
    private readonly feed: ChangeFeed,
    private readonly live: LiveServer,
    private readonly instances: InstanceSystemRepository,
    private readonly deployments: DeploymentSystemRepository,
    private readonly views: InstanceService,
    @Inject(LOGGER) logger: Logger,
  ) {
    const failed = (err: unknown): void => logger.warn({ err }, 'Failed to tell pages about a change');
    this.instancesTold = new Coalesced((id) => this.tellInstance(id), failed);
    this.deploymentsTold = new Coalesced((id) => this.tellDeployment(id), failed);
  }

  onModuleInit(): void {
    this.feed.on('instance', ({ instanceId }) => this.instancesTold.run(instanceId));
    this.feed.on('deployment', ({ deploymentId }) => this.deploymentsTold.run(deploymentId));
    this.feed.on('push', ({ ownerId, ...recorded }) => this.live.emit(ownerId, 'push.recorded', recorded));
    this.feed.on('removed', ({ instanceId, ownerId }) => this.live.emit(ownerId, 'instance.removed', { instanceId }));
  }

  private async tellInstance(instanceId: InstanceId): Promise<void> {
    const row = await this.instances.find(instanceId);
    if (!row || row.desiredState === 'purged') return;
    this.live.emit(row.ownerId, 'instance.changed', { instance: this.views.view(row) });
  }

  private async tellDeployment(deploymentId: DeploymentId): Promise<void> {
    const found = await this.deployments.find(deploymentId);
    if (!found) return;
    const deployment = deploymentView(found.deployment, found.currentId);
    this.live.emit(found.ownerId, 'deployment.changed', { deployment });
  }
}
