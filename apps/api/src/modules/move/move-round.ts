import { Inject, Injectable } from '@nestjs/common';
import type { InstanceId } from '@zarpa/contracts';
import type { Logger } from '@zarpa/observability';
import { LOGGER } from '../../platform/logger.ts';
import { LeftoverClearing } from './leftover-clearing.ts';
import { MoveRepository } from './move.repository.ts';
import { MoveService } from './move.service.ts';
import { MoveStart } from './move-start.ts';
import { TransferStore } from './transfer-store.ts';

/** Whatever was lost on the way, or died: every move comes to its end, and nothing of it stays behind. */
@Injectable()
export class MoveRound {
  constructor(
    private readonly moves: MoveRepository,
    private readonly service: MoveService,
    private readonly starts: MoveStart,
    private readonly leftovers: LeftoverClearing,
    private readonly store: TransferStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async run(): Promise<void> {
    const active = await this.moves.active();
    const requested = active.filter(({ phase }) => phase === 'requested');
    for (const { instanceId, phase } of active) {
      if (phase !== 'requested') await this.quietly(instanceId, () => this.service.advance(instanceId));
    }
    for (const { instanceId } of requested) {
      const started = await this.quietly(instanceId, () => this.starts.start(instanceId));
      if (started === 'full') break;
    }
    await this.leftovers.clear();
    await this.moves.tidy();
    await this.store.keepOnly(async () => new Set((await this.moves.active()).map(({ moveId }) => moveId)));
  }

  /** One that cannot go on does not hold up the others. */
  private async quietly<T>(instanceId: InstanceId, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (err) {
      this.logger.warn({ err, instanceId }, 'Failed to take a move further');
      return undefined;
    }
  }
}
