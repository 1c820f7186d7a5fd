import { Inject, Injectable } from '@nestjs/common';
import type { InstanceId } from '@zarpa/contracts';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { Database, type Queryable } from '../../database/database.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { Placement } from '../cluster/index.ts';
import { CommandOutbox } from '../command/index.ts';
import { LeftoverRepository } from './leftover.repository.ts';
import { MoveRepository } from './move.repository.ts';

/** Two processes that start moves at once must not start too many. */
const moveStartLock = 7_305_103;

export type Started = 'started' | 'ended' | 'no_place' | 'full';

/** Begins moves that were requested, as many as may be under way, each once a cluster has room for it. */
@Injectable()
export class MoveStart {
  constructor(
    private readonly database: Database,
    private readonly moves: MoveRepository,
    private readonly leftovers: LeftoverRepository,
    private readonly placement: Placement,
    private readonly commands: CommandOutbox,
    private readonly feed: ChangeFeed,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async start(instanceId: InstanceId): Promise<Started> {
    const started = await this.database.transaction((tx) => this.tryToStart(tx, instanceId));
    if (started === 'started') this.feed.emit('instance', { instanceId });
    return started;
  }

  private async tryToStart(tx: Queryable, instanceId: InstanceId): Promise<Started> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [moveStartLock]);
    if ((await this.moves.countUnderWay(tx)) >= this.settings.MOVES_AT_ONCE) return 'full';
    const instance = await this.moves.lockInstance(tx, instanceId);
    const move = await this.moves.lockActive(tx, instanceId);
    if (move?.phase !== 'requested') return 'ended';
    const isGone = !instance || instance.desiredState === 'purged' || instance.clusterId !== move.fromClusterId;
    if (isGone || move.cancelled) {
      await this.moves.enter(tx, move, 'failed');
      await this.moves.saveFailure(tx, move.moveId, isGone ? 'instance_gone' : 'cancelled', null);
      return 'ended';
    }
    const not = [move.fromClusterId, ...(await this.leftovers.clustersOf(tx, instanceId))];
    const { memoryMb } = instance;
    const toClusterId = await this.placement.place(tx, { memoryMb, move: { to: move.toClusterId, not } });
    if (toClusterId === null) return 'no_place';
    await this.moves.enter(tx, move, 'stopping', toClusterId);
    const clusterId = move.fromClusterId;
    const generation = await this.commands.commandIn(tx, { instanceId, clusterId }, 'instance.pause');
    await this.moves.saveGeneration(tx, move.moveId, generation);
    return 'started';
  }
}
