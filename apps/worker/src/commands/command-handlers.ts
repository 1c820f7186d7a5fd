import {
  type ClusterId,
  type CommandName,
  type commandCatalog,
  commandLifetimeMs,
  type InstanceCommand,
} from '@zarpa/contracts';
import { type MessageHandlers, RejectMessage } from '@zarpa/messaging';
import type { Logger } from '@zarpa/observability';
import type { Engine } from '../engines/engine.ts';
import { SealedEnvironmentError } from '../environment/open-environment.ts';

/** Every command is handled alike: it carries the whole desired state, its name is for people. */
export function createCommandHandlers(options: {
  engine: Pick<Engine, 'reconcile'>;
  clusterId: ClusterId;
  logger: Logger;
}): MessageHandlers<typeof commandCatalog> {
  const { engine, clusterId, logger } = options;

  const handle = async (name: CommandName, { desired, issuedAt }: InstanceCommand): Promise<void> => {
    const { instanceId, generation, state } = desired;
    if (desired.clusterId !== clusterId) {
      throw new RejectMessage('wrong_cluster', `The command is for cluster ${desired.clusterId}, this is ${clusterId}`);
    }
    if (Date.now() - issuedAt > commandLifetimeMs) {
      logger.info({ command: name, instanceId, generation, issuedAt }, 'Dropped an expired command');
      return;
    }
    try {
      await engine.reconcile(desired);
    } catch (error) {
      // No later attempt opens them: the key is not here, or the box is not what was sealed.
      if (error instanceof SealedEnvironmentError) throw new RejectMessage(error.code, error.message, { cause: error });
      throw error;
    }
    logger.debug({ command: name, instanceId, generation, state }, 'Took up a command');
  };

  const handler = (name: CommandName) => (command: InstanceCommand) => handle(name, command);
  return {
    'instance.deploy': handler('instance.deploy'),
    'instance.pause': handler('instance.pause'),
    'instance.resume': handler('instance.resume'),
    'instance.restart': handler('instance.restart'),
    'instance.upgrade': handler('instance.upgrade'),
    'instance.delete': handler('instance.delete'),
    'instance.purge': handler('instance.purge'),
  };
}
