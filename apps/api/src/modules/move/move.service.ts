import { Inject, Injectable } from '@nestjs/common';
import type { CommandName, DesiredState, InstanceId } from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { Database, type Queryable } from '../../database/database.ts';
import { LOGGER } from '../../platform/logger.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { CommandOutbox } from '../command/index.ts';
import { LeftoverRepository } from './leftover.repository.ts';
import { MoveRepository } from './move.repository.ts';
import { type Move, nextStep, type Step } from './move.ts';
import type { MovingInstance } from './moving-instance.ts';

const commandOf: Record<DesiredState, CommandName> = {
  running: 'instance.deploy',
  paused: 'instance.pause',
  deleted: 'instance.delete',
  purged: 'instance.purge',
};

/** Takes instances that are under way to another cluster one step further. Every step is one transaction. */
@Injectable()
export class MoveService {
  constructor(
    private readonly database: Database,
    private readonly moves: MoveRepository,
    private readonly leftovers: LeftoverRepository,
    private readonly commands: CommandOutbox,
    private readonly feed: ChangeFeed,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Does what what was observed, or time, asks for. Does nothing where nothing is due: as often as you like. */
  async advance(instanceId: InstanceId): Promise<void> {
    const stepped = await this.database.transaction(async (tx) => {
      const instance = await this.moves.lockInstance(tx, instanceId);
      const move = await this.moves.lockActive(tx, instanceId);
      if (!move || move.phase === 'requested') return null;
      const step = this.stepOf(move, instance);
      if (step.kind === 'enter' && instance) await this.enter(tx, move, instance, step.phase);
      if (step.kind === 'fail') await this.fail(tx, move, instance, step);
      return { move, step };
    });
    if (!stepped || stepped.step.kind === 'wait') return;
    const { move, step } = stepped;
    const { moveId, fromClusterId, toClusterId } = move;
    this.logger.info({ moveId, instanceId, fromClusterId, toClusterId, from: move.phase, step }, 'Moved instance');
    this.feed.emit('instance', { instanceId });
  }

  private stepOf(move: Move, instance: MovingInstance | undefined): Step {
    if (!instance) return { kind: 'fail', failure: 'instance_gone', detail: null };
    return nextStep(move, instance.seen, { now: Date.now(), stepTimeoutMs: this.settings.MOVE_STEP_TIMEOUT });
  }

  /** The phase first: the command is made of it. */
  private async enter(
    tx: Queryable,
    move: Move,
    { instanceId, desiredState }: MovingInstance,
    phase: 'exporting' | 'importing' | 'done',
  ): Promise<void> {
    const { moveId, fromClusterId } = move;
    const clusterId = phase === 'exporting' ? fromClusterId : (move.toClusterId ?? fromClusterId);
    await this.moves.enter(tx, move, phase);
    if (phase === 'importing') await this.moves.forgetProgress(tx, instanceId);
    const command = phase === 'done' ? commandOf[desiredState] : 'instance.pause';
    const generation = await this.commands.commandIn(tx, { instanceId, clusterId }, command);
    await this.moves.saveGeneration(tx, moveId, generation);
    if (phase === 'done') {
      await this.leftovers.save(tx, moveId, { clusterId: fromClusterId, state: 'purged', generation });
    }
  }

  /** Back to where it was: nothing has run elsewhere, and its data there are as they were. */
  private async fail(
    tx: Queryable,
    move: Move,
    instance: MovingInstance | undefined,
    { failure, detail }: Extract<Step, { kind: 'fail' }>,
  ): Promise<void> {
    const { moveId, instanceId, fromClusterId, toClusterId, phase } = move;
    await this.moves.enter(tx, move, 'failed');
    await this.moves.saveFailure(tx, moveId, failure, detail);
    if (!instance) return;
    const wasElsewhere = phase === 'importing' && toClusterId !== null;
    if (wasElsewhere) await this.moves.forgetProgress(tx, instanceId);
    const clusterId = fromClusterId;
    const generation = await this.commands.commandIn(tx, { instanceId, clusterId }, commandOf[instance.desiredState]);
    if (wasElsewhere) await this.leftovers.save(tx, moveId, { clusterId: toClusterId, state: 'deleted', generation });
  }
}
