import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Commands } from './commands.ts';

export const registryContainer = 'zarpa-test-registry';
const username = 'zarpa';

type Docker = Pick<Commands, 'must' | 'print'>;

/** A registry with a password. Its address on kind's network is the same for this machine, for nodes and for pods. */
export async function startKindRegistry(directory: string, { must, print }: Docker) {
  const password = randomBytes(24).toString('hex');
  const htpasswd = ['run', '--rm', '--interactive', '--entrypoint', 'htpasswd', 'httpd:2', '-Bni', username];
  const users = await print('docker', htpasswd, { input: password });
  const folder = path.join(directory, 'registry-auth');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path.join(folder, 'htpasswd'), `${users}\n`, { mode: 0o600 });
  const environment = [
    'REGISTRY_AUTH=htpasswd',
    'REGISTRY_AUTH_HTPASSWD_REALM=zarpa',
    'REGISTRY_AUTH_HTPASSWD_PATH=/auth/htpasswd',
    'REGISTRY_STORAGE_DELETE_ENABLED=true',
  ].flatMap((variable) => ['--env', variable]);
  const place = ['--network', 'kind', '--volume', `${folder}:/auth:ro`];
  await must('docker', ['run', '--detach', '--name', registryContainer, ...place, ...environment, 'registry:3']);
  const format = '{{(index .NetworkSettings.Networks "kind").IPAddress}}';
  const address = await print('docker', ['inspect', '--format', format, registryContainer]);
  return { host: `${address}:5000`, username, password, insecure: true };
}

/** Lets a node pull from the registry over plain HTTP; its containerd reads the file at the next pull. */
export async function trustRegistry(node: string, host: string, { must }: Docker): Promise<void> {
  const folder = `/etc/containerd/certs.d/${host}`;
  await must('docker', ['exec', node, 'mkdir', '-p', folder]);
  await must('docker', ['exec', '--interactive', node, 'cp', '/dev/stdin', `${folder}/hosts.toml`], {
    input: `[host."http://${host}"]\n`,
  });
}
