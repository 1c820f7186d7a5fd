import { execa } from 'execa';
import { z } from 'zod';
import { composeExec } from './compose.ts';
import { debianRabbitmqNode } from './debian-rabbitmq.ts';
import { canOpenVirtualHost, withVirtualHost } from './probe-rabbitmq.ts';

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Opens the virtual host, creating it where one may. Returns its address, or undefined where one may not. */
export async function ensureVirtualHost(url: string, name: string): Promise<string | undefined> {
  const wanted = withVirtualHost(url, name);
  if (await canOpenVirtualHost(wanted)) return wanted;
  for (const create of waysToCreate(url, name)) {
    if ((await create()) && (await canOpenVirtualHost(wanted))) return wanted;
  }
  return undefined;
}

function waysToCreate(url: string, name: string): ReadonlyArray<() => Promise<boolean>> {
  const { hostname, username } = new URL(url);
  const port = Number(new URL(url).port || 5672);
  const user = decodeURIComponent(username) || 'guest';
  const overHttp = () => createThroughManagement(url, name, user);
  if (!loopbackHosts.has(hostname)) return [overHttp];
  const nodes = [[], ['-n', debianRabbitmqNode(port)]];
  const onThisMachine = nodes.map((node) => async () => {
    return (await listensOn(node, port)) && createThroughControl({ run: rabbitmqctl, node, name, user });
  });
  const inContainer = () => createThroughControl({ run: rabbitmqctlInContainer, node: [], name, user });
  return [overHttp, ...onThisMachine, inContainer];
}

interface Control {
  readonly run: (args: readonly string[]) => Promise<boolean>;
  readonly node: readonly string[];
  readonly name: string;
  readonly user: string;
}

async function createThroughControl({ run, node, name, user }: Control): Promise<boolean> {
  const added = await run([...node, 'add_vhost', name]);
  return added && run([...node, 'set_permissions', '-p', name, user, '.*', '.*', '.*']);
}

const Listeners = z.object({ listeners: z.array(z.object({ port: z.number() })) });

/** Whether the node that rabbitmqctl reaches is the broker at this port, and not another one on this machine. */
async function listensOn(node: readonly string[], port: number): Promise<boolean> {
  const result = await execa('rabbitmq-diagnostics', ['-q', ...node, 'listeners', '--formatter', 'json'], {
    reject: false,
    stdin: 'ignore',
    timeout: 30_000,
  });
  if (result.failed) return false;
  return Listeners.parse(JSON.parse(result.stdout)).listeners.some((listener) => listener.port === port);
}

async function rabbitmqctl(args: readonly string[]): Promise<boolean> {
  const { failed } = await execa('rabbitmqctl', args, { reject: false, stdin: 'ignore', timeout: 30_000 });
  return !failed;
}

async function rabbitmqctlInContainer(args: readonly string[]): Promise<boolean> {
  return composeExec('rabbitmq', ['rabbitmqctl', ...args]);
}

/** The management plugin's API, on its default port. */
async function createThroughManagement(url: string, name: string, user: string): Promise<boolean> {
  const { protocol, hostname, username, password } = new URL(url);
  const credentials = `${decodeURIComponent(username) || 'guest'}:${decodeURIComponent(password) || 'guest'}`;
  const base = `${protocol === 'amqps:' ? 'https' : 'http'}://${hostname}:${protocol === 'amqps:' ? 15_671 : 15_672}/api`;
  const put = async (path: string, body: unknown) => {
    const response = await fetch(`${base}${path}`, {
      method: 'PUT',
      headers: {
        authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5_000),
    });
    await response.body?.cancel();
    return response.ok;
  };
  const host = encodeURIComponent(name);
  try {
    const created = await put(`/vhosts/${host}`, {});
    const all = { configure: '.*', write: '.*', read: '.*' };
    return created && (await put(`/permissions/${host}/${encodeURIComponent(user)}`, all));
  } catch {
    return false;
  }
}
