import { z } from 'zod';
import { DesiredInstance } from './desired.ts';
import { MessageId } from './ids.ts';
import { EpochMs } from './primitives.ts';

/** Commands older than this are dropped by the worker: the API has sent a newer one, or will. */
export const commandLifetimeMs = 60 * 60 * 1000;

/** One shape for all commands: the whole desired state. The name says to people what the owner did. */
export const InstanceCommand = z.object({
  version: z.literal(1),
  messageId: MessageId,
  issuedAt: EpochMs,
  desired: DesiredInstance,
});
export type InstanceCommand = z.infer<typeof InstanceCommand>;

/** API -> worker, routed by cluster. */
export const commandCatalog = {
  'instance.deploy': InstanceCommand,
  'instance.pause': InstanceCommand,
  'instance.resume': InstanceCommand,
  'instance.restart': InstanceCommand,
  'instance.upgrade': InstanceCommand,
  'instance.delete': InstanceCommand,
  'instance.purge': InstanceCommand,
} as const;
export type CommandName = keyof typeof commandCatalog;
