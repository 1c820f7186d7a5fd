import { type CommandName, InstanceCommand } from '@zarpa/contracts';
import { createTopology } from '@zarpa/messaging';
import { waitFor } from '@zarpa/testing';
import { type ChannelModel, connect } from 'amqplib';

export interface SeenCommand extends InstanceCommand {
  readonly name: CommandName;
  readonly correlationId: string;
}

interface TapOptions {
  readonly clusterId?: string;
  readonly onCommand?: (command: SeenCommand) => void;
}

/** Takes commands off a cluster's real queue, as a worker does. */
export class CommandTap {
  readonly seen: SeenCommand[] = [];

  private constructor(readonly close: () => Promise<void>) {}

  static async open(env: Readonly<Record<string, string>>, options: TapOptions = {}): Promise<CommandTap> {
    const topology = createTopology({ namePrefix: env.RABBITMQ_NAME_PREFIX ?? '' });
    const connection = await connect(env.RABBITMQ_URL ?? '', { noDelay: true });
    const tap = new CommandTap(() => connection.close());
    const queue = topology.commandQueue(options.clusterId ?? 'local');
    await waitFor(() => isThere(connection, queue.name), { describe: 'the API has made the queue' });
    const channel = await connection.createChannel();
    await channel.consume(queue.name, (message) => {
      if (!message) return;
      const parsed = InstanceCommand.parse(JSON.parse(message.content.toString('utf8')));
      const { type, correlationId } = message.properties;
      const command = { ...parsed, name: String(type) as CommandName, correlationId: String(correlationId) };
      tap.seen.push(command);
      channel.ack(message);
      options.onCommand?.(command);
    });
    return tap;
  }

  /** The first command of an instance that fits. */
  next(instanceId: string, fits: (command: SeenCommand) => boolean = () => true): Promise<SeenCommand> {
    return waitFor(() => this.seen.find((command) => command.desired.instanceId === instanceId && fits(command)), {
      describe: `a command for ${instanceId}`,
    });
  }

  of(instanceId: string): SeenCommand[] {
    return this.seen.filter((command) => command.desired.instanceId === instanceId);
  }
}

/** A question about a queue that is not there costs the channel. */
async function isThere(connection: ChannelModel, queue: string): Promise<boolean> {
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  const found = await channel.checkQueue(queue).catch(() => null);
  if (found) await channel.close();
  return found !== null;
}
