import { Module } from '@nestjs/common';
import { SETTINGS, type Settings } from '../../settings.ts';
import { ArchiveTickets } from './archive-ticket.ts';
import { CommandOutbox } from './command-outbox.ts';
import { InstanceChange } from './instance-change.ts';

@Module({
  providers: [
    CommandOutbox,
    InstanceChange,
    {
      provide: ArchiveTickets,
      inject: [SETTINGS],
      useFactory: (settings: Settings) => new ArchiveTickets(settings.TICKET_SECRET, settings.API_INTERNAL_URL),
    },
  ],
  exports: [CommandOutbox, InstanceChange, ArchiveTickets],
})
export class CommandModule {}
