export { ArchiveTickets } from './archive-ticket.ts';
export { CommandModule } from './command.module.ts';
export { CommandOutbox, type Leftover } from './command-outbox.ts';
export type { TransferDirection } from './desired-instance.ts';
export { InstanceChange } from './instance-change.ts';
export { TransferTickets } from './transfer-ticket.ts';
