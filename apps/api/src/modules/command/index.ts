export { ArchiveTickets } from './archive-ticket.ts';
export { CommandModule } from './command.module.ts';
export { CommandOutbox } from './command-outbox.ts';
export { InstanceChange } from './instance-change.ts';
