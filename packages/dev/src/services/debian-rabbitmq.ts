import { mkdir, writeFile } from 'node:fs/promises';
import { execa } from 'execa';

const home = '/var/lib/rabbitmq';

/** Erlang's name of the broker that Zarpa starts on a port; `rabbitmqctl -n` reaches it by this name. */
export function debianRabbitmqNode(port: number): string {
  return `zarpa_${port}@localhost`;
}

/** The environment of a broker of our own: loopback only, ports beside its own one, untouched by /etc/rabbitmq. */
export function rabbitmqEnvironment(port: number): Record<string, string> {
  return {
    RABBITMQ_NODENAME: debianRabbitmqNode(port),
    RABBITMQ_CONFIG_FILE: `${home}/zarpa_${port}.conf`,
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_DIST_PORT: String(distributionPort(port)),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    ERL_EPMD_ADDRESS: '127.0.0.1',
  };
}

/** RabbitMQ's own rule (port + 20000), kept inside the range of ports. */
function distributionPort(port: number): number {
  return port + 20_000 <= 65_535 ? port + 20_000 : port - 20_000;
}

/** Starts Debian's broker on loopback, as the package's own account. */
export async function startDebianRabbitmq(port: number): Promise<void> {
  await mkdir(home, { recursive: true });
  await writeFile(`${home}/zarpa_${port}.conf`, `listeners.tcp.1 = 127.0.0.1:${port}\n`, { mode: 0o644 });
  await execa('rabbitmq-server', ['-detached'], {
    env: rabbitmqEnvironment(port),
    stdio: 'ignore',
    timeout: 60_000,
  });
}
