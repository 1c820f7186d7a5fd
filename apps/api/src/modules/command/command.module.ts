import { Module } from '@nestjs/common';
import { SETTINGS, type Settings } from '../../settings.ts';
import { ArchiveTickets } from './archive-ticket.ts';
import { CommandOutbox } from './command-outbox.ts';
import { InstanceChange } from './instance-change.ts';
import { TransferTickets } from './transfer-ticket.ts';

@Module({
  providers: [
    CommandOutbox,
    InstanceChange,
    {
      provide: ArchiveTickets,
      inject: [SETTINGS],
      useFactory: (settings: Settings) => new ArchiveTickets(settings.TICKET_SECRET, settings.API_INTERNAL_URL),
    },
    {
      provide: TransferTickets,
      inject: [SETTINGS],
      useFactory: (settings: Settings) => new TransferTickets(settings.TICKET_SECRET, settings.API_INTERNAL_URL),
    },
  ],
  exports: [CommandOutbox, InstanceChange, ArchiveTickets, TransferTickets],
})
export class CommandModule {}
