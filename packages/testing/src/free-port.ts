import { randomInt } from 'node:crypto';
import getPort from 'get-port';

/**
 * A free TCP port of 127.0.0.1. It lies below the range from which the kernel takes ports for outgoing connections:
 * while a server is down for a restart, no client may occupy its port or, by chance, connect to itself.
 */
export function freePort(): Promise<number> {
  const candidates = Array.from({ length: 100 }, () => randomInt(20_000, 32_000));
  return getPort({ host: '127.0.0.1', port: candidates });
}
