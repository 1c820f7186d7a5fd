import { Injectable } from '@nestjs/common';
import { type ClusterId, type DeploymentProgress, isFinal, type ObservedInstance } from '@zarpa/contracts';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { Database, type Queryable } from '../../database/database.ts';
import { LeftoverRepository, MoveService } from '../move/index.ts';
import { Rollout } from '../rollout/index.ts';
import { ObservationRepository, type Purged } from './observation.repository.ts';
import { ProgressRepository } from './progress.repository.ts';

/** Takes in what engines report. Each report is whole, so doubled, late and reordered ones end in the same state. */
@Injectable()
export class ObservationService {
  constructor(
    private readonly database: Database,
    private readonly observations: ObservationRepository,
    private readonly progresses: ProgressRepository,
    private readonly rollout: Rollout,
    private readonly moves: MoveService,
    private readonly leftovers: LeftoverRepository,
    private readonly feed: ChangeFeed,
  ) {}

  async observed(observed: ObservedInstance): Promise<void> {
    const { instanceId } = observed;
    await this.leftovers.observed(observed);
    if (observed.state === 'purged' && (await this.purged(observed))) return;
    const news = await this.observations.apply(this.database.pool, observed);
    if (!news) return;
    if (news.moves) await this.moves.advance(instanceId);
    this.feed.emit('instance', { instanceId });
  }

  /** True where the instance was to go: now its row is gone too. */
  async purged(purged: Purged): Promise<boolean> {
    const { instanceId } = purged;
    const ownerId = await this.observations.removePurged(this.database.pool, purged);
    if (ownerId !== null) this.feed.emit('removed', { instanceId, ownerId });
    return ownerId !== null;
  }

  async progressed(clusterId: ClusterId, progress: DeploymentProgress): Promise<void> {
    const cameToNothing = isFinal(progress.status) && progress.status !== 'succeeded' && progress.artifact === null;
    const isNews = cameToNothing
      ? await this.database.transaction((tx) => this.giveUp(tx, clusterId, progress))
      : await this.progresses.apply(this.database.pool, clusterId, progress);
    if (!isNews) return;
    this.feed.emit('deployment', { deploymentId: progress.deploymentId });
    this.feed.emit('instance', { instanceId: progress.instanceId });
  }

  private async giveUp(tx: Queryable, clusterId: ClusterId, progress: DeploymentProgress): Promise<boolean> {
    if (!(await this.progresses.apply(tx, clusterId, progress))) return false;
    await this.progresses.retreat(tx, progress, await this.rollout.lastGood(tx, progress.instanceId));
    return true;
  }
}
