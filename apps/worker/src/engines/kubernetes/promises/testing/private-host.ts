import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { execa } from 'execa';

/** Reserved for documentation (RFC 5737): it stands for the internet here. */
const publicNet = '203.0.113';
const port = 8080;

/** A host that is nobody's: a network namespace with a web server, reachable from this machine at a private and at a public address. */
export interface PrivateHost extends AsyncDisposable {
  readonly privateAddress: string;
  readonly publicAddress: string;
  readonly port: number;
}

/** Needs root. */
export async function openPrivateHost(): Promise<PrivateHost> {
  const id = randomBytes(3).toString('hex');
  const [name, near, far] = [`zarpa-${id}`, `zt${id}n`, `zt${id}f`];
  const privateNet = await freeNet();
  const ip = (...args: string[]) => execa('ip', args);
  let server: ChildProcess | undefined;
  const remove = async () => {
    server?.kill('SIGKILL');
    await ip('netns', 'delete', name);
    await execa('ip', ['link', 'delete', near], { reject: false });
  };
  await ip('netns', 'add', name);
  try {
    await ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', name);
    for (const net of [privateNet, publicNet]) {
      await ip('address', 'add', `${net}.1/30`, 'dev', near);
      await ip('-n', name, 'address', 'add', `${net}.2/30`, 'dev', far);
    }
    await ip('link', 'set', near, 'up');
    await ip('-n', name, 'link', 'set', far, 'up');
    await ip('-n', name, 'route', 'add', 'default', 'via', `${privateNet}.1`);
    const listen = `require('node:http').createServer((_, answer) => answer.end('private')).listen(${port}, () => console.log('listens'))`;
    server = spawn('ip', ['netns', 'exec', name, process.execPath, '-e', listen], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (server.stdout === null) throw new Error('The web server has no output');
    await once(server.stdout, 'data');
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    privateAddress: `${privateNet}.2`,
    publicAddress: `${publicNet}.2`,
    port,
    [Symbol.asyncDispose]: remove,
  };
}

/** The beginning of a private network that this machine does not know. */
async function freeNet(): Promise<string> {
  const { stdout } = await execa('ip', ['route']);
  for (;;) {
    const net = `192.168.${randomInt(200, 250)}`;
    if (!stdout.includes(`${net}.`)) return net;
  }
}
