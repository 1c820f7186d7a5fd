import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createLogger, type Logger } from '@zarpa/observability';
import { connectTestCluster } from '@zarpa/test-cluster';
import { KubernetesClient } from '../kubernetes-client.ts';
import { namespaces } from '../resource-kinds.ts';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts';

export const quiet: Logger = createLogger({ app: 'test', level: 'silent' });

export const connectClient = (): Promise<KubernetesClient> =>
  KubernetesClient.fromKubeconfig({ path: connectTestCluster().kubeconfig });

/** A client whose connections all go through a proxy. */
export async function connectThroughProxy(
  options: { deadAfterMs?: number } = {},
): Promise<{ client: KubernetesClient; proxy: TcpProxy }> {
  const text = readFileSync(connectTestCluster().kubeconfig, 'utf8');
  const server = new URL(/https:\/\/[^\s"']+/.exec(text)?.[0] ?? '');
  const proxy = await openTcpProxy(server);
  const client = await KubernetesClient.fromKubeconfig({
    ...options,
    text: text.replace(server.origin, `https://${server.hostname}:${proxy.port}`),
  });
  return { client, proxy };
}

/** A namespace of one test file. */
export async function createTestNamespace(
  client: KubernetesClient,
  about: string,
): Promise<{ name: string; remove(): Promise<void> }> {
  const name = `t-${about}-${randomBytes(4).toString('hex')}`;
  await client.create(namespaces, { metadata: { name } });
  return {
    name,
    remove: async () => {
      await client.delete(namespaces, { name });
    },
  };
}
