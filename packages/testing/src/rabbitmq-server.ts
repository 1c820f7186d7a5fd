import { mkdirSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { freePort } from './free-port.ts';
import { startTestServer, type TestServer } from './test-server.ts';
import { waitFor } from './wait-for.ts';

const serverScript = '/usr/lib/rabbitmq/bin/rabbitmq-server';
const startTimeoutMs = 60_000;

/**
 * Starts a RabbitMQ of its own (Debian's package) on 127.0.0.1, with its own node name, epmd, data and logs under
 * `directory`. Messages that it has confirmed survive `kill9()` and `restart()`, which takes about four seconds.
 */
export async function startRabbitMq(options: { directory: string; port: number }): Promise<TestServer> {
  const { directory, port } = options;
  const [distributionPort, epmdPort] = [await freePort(), await freePort()];
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'rabbitmq.conf'), 'disk_free_limit.absolute = 10MB\n');
  writeFileSync(join(directory, 'enabled_plugins'), '[].\n');

  const epmd = await startTestServer({
    command: 'epmd',
    args: ['-port', String(epmdPort), '-address', '127.0.0.1', '-relaxed_command_check'],
    directory: join(directory, 'epmd'),
    url: `tcp://127.0.0.1:${epmdPort}`,
    ready: () => accepts(epmdPort),
    startTimeoutMs,
  });
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  const broker = await startTestServer({
    command: serverScript,
    args: [],
    env: {
      HOME: directory,
      // The script then replaces itself by the broker, so that signals and the parent's death reach the broker itself.
      detached: '1',
      ERL_EPMD_ADDRESS: '127.0.0.1',
      ERL_EPMD_PORT: String(epmdPort),
      RABBITMQ_CONF_ENV_FILE: '/dev/null',
      RABBITMQ_CONFIG_FILE: join(directory, 'rabbitmq.conf'),
      RABBITMQ_DIST_PORT: String(distributionPort),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(directory, 'enabled_plugins'),
      RABBITMQ_LOG_BASE: join(directory, 'log'),
      RABBITMQ_MNESIA_BASE: join(directory, 'data'),
      RABBITMQ_NODENAME: `zarpa${port}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: String(port),
      RABBITMQ_PID_FILE: join(directory, 'rabbitmq.pid'),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 2:2 -kernel inet_dist_use_interface {127,0,0,1}',
    },
    directory,
    url,
    ready: () => answers(url),
    startTimeoutMs,
  }).catch(async (error: unknown) => {
    await epmd.stop();
    throw error;
  });
  return {
    url,
    get pid() {
      return broker.pid;
    },
    async kill9() {
      await waitFor(() => queuesAreRegistered(directory), { describe: 'RabbitMQ to write its list of quorum queues' });
      await broker.kill9();
    },
    restart: broker.restart,
    async stop() {
      await broker.stop();
      await epmd.stop();
    },
  };
}

/**
 * RabbitMQ 3.10 writes its list of quorum queues half a second late: a queue declared just before a kill has no leader
 * ever after, until it is deleted. Each queue has a folder named as its entry in that list.
 */
async function queuesAreRegistered(directory: string): Promise<boolean> {
  const data = join(directory, 'data');
  const entries = await readdir(data, { recursive: true, withFileTypes: true });
  const list = entries.find((entry) => entry.name === 'names.dets' && entry.parentPath.includes('/quorum/'));
  if (!list) return true;
  const registered = await readFile(join(list.parentPath, list.name), 'latin1');
  return entries
    .filter((entry) => entry.isDirectory() && entry.parentPath === list.parentPath)
    .every((entry) => registered.includes(entry.name));
}

async function answers(url: string): Promise<boolean> {
  const connection = await connect(url, { timeout: 5_000 });
  await connection.close();
  return true;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new Socket();
    const settle = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
    socket.connect(port, '127.0.0.1');
  });
}
