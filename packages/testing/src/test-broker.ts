import { randomUUID } from 'node:crypto';
import { connect } from 'amqplib';
import { execa } from 'execa';
import { addresses } from './addresses.ts';

/** A part of the shared RabbitMQ that one test file has for itself. */
export interface TestBroker {
  readonly url: string;
  /** `''` inside a virtual host of its own, else what every queue and exchange name must begin with. */
  readonly namePrefix: string;
  /** Removes everything. Without a virtual host of its own it removes the names given. */
  drop(leftovers?: { queues: readonly string[]; exchanges: readonly string[] }): Promise<void>;
}

/** Makes a virtual host where `rabbitmqctl` may be used (root on the broker's machine), else reserves a name prefix. */
export async function createTestVirtualHost(): Promise<TestBroker> {
  const name = `zarpa-test-${randomUUID()}`;
  const url = new URL(addresses.rabbitMq());
  if (!(await addVirtualHost(name, decodeURIComponent(url.username) || 'guest'))) return prefixed(url.href, `${name}.`);

  url.pathname = `/${name}`;
  return {
    url: url.href,
    namePrefix: '',
    async drop() {
      await execa('rabbitmqctl', ['--quiet', 'delete_vhost', name]);
    },
  };
}

async function addVirtualHost(name: string, user: string): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  const added = await execa('rabbitmqctl', ['--quiet', 'add_vhost', name], { reject: false });
  if (added.failed) return false;
  await execa('rabbitmqctl', ['--quiet', 'set_permissions', '--vhost', name, user, '.*', '.*', '.*']);
  return true;
}

function prefixed(url: string, namePrefix: string): TestBroker {
  return {
    url,
    namePrefix,
    async drop(leftovers = { queues: [], exchanges: [] }) {
      const connection = await connect(url);
      const channel = await connection.createChannel();
      for (const queue of leftovers.queues) await channel.deleteQueue(queue);
      for (const exchange of leftovers.exchanges) await channel.deleteExchange(exchange);
      await connection.close();
    },
  };
}
