import { Inject, Injectable } from '@nestjs/common';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { Database } from '../../database/database.ts';
import { SETTINGS, type Settings } from '../../settings.ts';
import { CommandOutbox } from '../command/index.ts';
import { LeftoverRepository } from './leftover.repository.ts';

/** Has clusters put away what instances left behind in them, again and again until they say that they did. */
@Injectable()
export class LeftoverClearing {
  constructor(
    private readonly database: Database,
    private readonly leftovers: LeftoverRepository,
    private readonly commands: CommandOutbox,
    private readonly feed: ChangeFeed,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async clear(): Promise<void> {
    const sent = await this.database.transaction(async (tx) => {
      const due = await this.leftovers.takeDue(tx, this.settings.RESEND_AFTER);
      for (const leftover of due) await this.commands.clear(tx, leftover);
      return due;
    });
    for (const { instanceId } of sent) this.feed.emit('instance', { instanceId });
  }
}
