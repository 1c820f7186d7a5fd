import { readFile } from 'node:fs/promises';
import type { KubeconfigSource } from '../../client/cluster-access.ts';
import { openTcpProxy, type TcpProxy } from '../../client/testing/tcp-proxy.ts';

/** A way of its own to the API server, and the kubeconfig that takes it. */
export async function openApiPath(kubeconfig: string): Promise<{ kubeconfig: KubeconfigSource; proxy: TcpProxy }> {
  const text = await readFile(kubeconfig, 'utf8');
  const server = new URL(/https:\/\/[^\s"']+/.exec(text)?.[0] ?? '');
  const proxy = await openTcpProxy(server);
  const own = text.replace(server.origin, `https://${server.hostname}:${proxy.port}`);
  return { kubeconfig: { text: own }, proxy };
}
