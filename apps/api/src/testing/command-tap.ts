import { type CommandName, InstanceCommand } from '@zarpa/contracts';
import { createTopology } from '@zarpa/messaging';
import { waitFor } from '@zarpa/testing';
import { connect } from 'amqplib';

export interface SeenCommand extends InstanceCommand {
  readonly name: CommandName;
  readonly correlationId: string;
}

/** Takes commands off the cluster's real queue, as a worker does. */
export class CommandTap {
  readonly seen: SeenCommand[] = [];

  private constructor(readonly close: () => Promise<void>) {}

  static async open(env: Readonly<Record<string, string>>): Promise<CommandTap> {
    const topology = createTopology({ namePrefix: env.RABBITMQ_NAME_PREFIX ?? '' });
    const connection = await connect(env.RABBITMQ_URL ?? '', { noDelay: true });
    const channel = await connection.createChannel();
    const tap = new CommandTap(() => connection.close());
    await channel.consume(topology.commandQueue('local').name, (message) => {
      if (!message) return;
      const command = InstanceCommand.parse(JSON.parse(message.content.toString('utf8')));
      const { type, correlationId } = message.properties;
      tap.seen.push({ ...command, name: String(type) as CommandName, correlationId: String(correlationId) });
      channel.ack(message);
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
