import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../../changes/change-feed.ts';
import { Database } from '../../database/database.ts';
import { CommandOutbox } from '../command/index.ts';
import type { Differences } from './inventory.ts';
import { ResendRepository } from './resend.repository.ts';

/** Sends what brings a cluster to where it should be. */
@Injectable()
export class InventoryRepair {
  constructor(
    private readonly database: Database,
    private readonly resends: ResendRepository,
    private readonly commands: CommandOutbox,
    private readonly feed: ChangeFeed,
  ) {}

  async repair({ strays, expired, missing }: Pick<Differences, 'strays' | 'expired' | 'missing'>): Promise<void> {
    const unknown = [...strays, ...expired].map(({ instanceId }) => instanceId);
    if (unknown.length === 0 && missing.length === 0) return;
    await this.database.transaction(async (tx) => {
      await this.commands.deleteUnknown(tx, strays);
      await this.commands.purgeUnknown(tx, expired);
      await this.resends.resend(tx, missing);
    });
    for (const instanceId of [...unknown, ...missing]) this.feed.emit('instance', { instanceId });
  }
}
