import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { hasCode } from '../../error-code.ts';

const retryMs = 200;

/**
 * Holds what only one process may hold: an abstract Unix socket, which the kernel frees together with its process, however
 * that ends. Waits as long as another process holds it; `onStandby` is called once if so. Works within one network namespace.
 */
export async function acquireOwnership(options: {
  name: string;
  signal?: AbortSignal;
  onStandby?: () => void;
}): Promise<{ release(): Promise<void> }> {
  const { name, signal, onStandby } = options;
  let waited = false;
  for (;;) {
    signal?.throwIfAborted();
    const server = await tryListen(`\0${name}`);
    if (server !== null) return { release: () => closed(server) };
    if (!waited) onStandby?.();
    waited = true;
    await delay(retryMs, undefined, { signal });
  }
}

async function tryListen(path: string): Promise<Server | null> {
  const server = createServer((socket) => socket.destroy());
  server.unref();
  try {
    server.listen({ path });
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE')) return null;
    throw error;
  }
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
