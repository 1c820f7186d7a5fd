import { Injectable } from '@nestjs/common';
import { type DeploymentProgress, type InstanceId, isFinal, type ObservedInstance } from '@zarpa/contracts';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { Database, type Queryable } from '../../database/database.ts';
import { Rollout } from '../rollout/index.ts';
import { ObservationRepository } from './observation.repository.ts';
import { ProgressRepository } from './progress.repository.ts';

/** Takes in what engines report. Each report is whole, so doubled, late and reordered ones end in the same state. */
@Injectable()
export class ObservationService {
  constructor(
    private readonly database: Database,
    private readonly observations: ObservationRepository,
    private readonly progresses: ProgressRepository,
    private readonly rollout: Rollout,
    private readonly feed: ChangeFeed,
  ) {}

  async observed(observed: ObservedInstance): Promise<void> {
    const { instanceId, generation } = observed;
    if (observed.state === 'purged' && (await this.purged(instanceId, generation))) return;
    const isNews = await this.observations.apply(this.database.pool, observed);
    if (isNews) this.feed.emit('instance', { instanceId });
  }

  /** True where the instance was to go: now its row is gone too. */
  async purged(instanceId: InstanceId, generation: number): Promise<boolean> {
    const ownerId = await this.observations.removePurged(this.database.pool, instanceId, generation);
    if (ownerId !== null) this.feed.emit('removed', { instanceId, ownerId });
    return ownerId !== null;
  }

  async progressed(progress: DeploymentProgress): Promise<void> {
    const cameToNothing = isFinal(progress.status) && progress.status !== 'succeeded' && progress.artifact === null;
    const isNews = cameToNothing
      ? await this.database.transaction((tx) => this.giveUp(tx, progress))
      : await this.progresses.apply(this.database.pool, progress);
    if (!isNews) return;
    this.feed.emit('deployment', { deploymentId: progress.deploymentId });
    this.feed.emit('instance', { instanceId: progress.instanceId });
  }

  private async giveUp(tx: Queryable, progress: DeploymentProgress): Promise<boolean> {
    if (!(await this.progresses.apply(tx, progress))) return false;
    await this.progresses.retreat(tx, progress, await this.rollout.lastGood(tx, progress.instanceId));
    return true;
  }
}
