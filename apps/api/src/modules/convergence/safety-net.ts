import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '@zarpa/observability';
import { Database, type Queryable } from '../../database/database.ts';
import { LOGGER } from '../../platform/logger.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { InstanceChange } from '../command/index.ts';
import { InstanceSystemRepository } from '../instance/index.ts';
import { MoveRound } from '../move/index.ts';
import { ResendRepository } from './resend.repository.ts';

/** One API process at a time does this. */
const safetyNetLock = 7_305_102;

/** Whatever was lost on the way, instances end where they should: what lags is sent again, what is due is purged. */
@Injectable()
export class SafetyNet {
  constructor(
    private readonly database: Database,
    private readonly resends: ResendRepository,
    private readonly instances: InstanceSystemRepository,
    private readonly change: InstanceChange,
    private readonly moves: MoveRound,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async run(): Promise<void> {
    const { resent, purged } = await this.database.transaction(async (tx) => {
      const { rows } = await tx.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [
        safetyNetLock,
      ]);
      if (!rows[0]?.mine) return { resent: 0, purged: 0 };
      const lagging = await this.resends.lagging(tx, this.settings.RESEND_AFTER);
      return { purged: await this.purge(tx), resent: await this.resends.resend(tx, lagging) };
    });
    if (resent + purged > 0) this.logger.info({ resent, purged }, 'Sent commands again');
    await this.moves.run();
    await this.tidy();
  }

  private async purge(tx: Queryable): Promise<number> {
    let purged = 0;
    for (const instanceId of await this.resends.purgeable(tx, this.settings.RESTORE_WINDOW)) {
      const row = await this.instances.lock(tx, instanceId);
      if (row?.desiredState !== 'deleted') continue;
      await this.change.apply(tx, row, 'purge');
      purged++;
    }
    return purged;
  }

  /** Removes what nobody can ask for any more. */
  private async tidy(): Promise<void> {
    await this.database.pool.query('DELETE FROM session WHERE expires_at < now()');
    await this.database.pool.query(`DELETE FROM metric_average WHERE bucket_start < now() - interval '8 days'`);
    await this.database.pool.query(`DELETE FROM github_delivery WHERE processed_at < now() - interval '30 days'`);
  }
}
