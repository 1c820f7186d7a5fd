import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut, silenced and closed. */
export interface TcpProxy {
  readonly port: number;
  /** Connections that are open. */
  readonly open: number;
  /** Connections ever made. */
  readonly accepted: number;
  /** Breaks every open connection. */
  cut(): void;
  /** Nothing comes from the server any more, though connections stay open. */
  silence(): void;
  /** New connections are refused from now on, or taken again. */
  refuse(refusing: boolean): void;
  close(): Promise<void>;
}

export async function openTcpProxy(target: URL): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let refusing = false;
  let accepted = 0;
  const server = createServer((near) => {
    accepted += 1;
    if (refusing) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    const pair = [near, far] as const;
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    near.pipe(far).pipe(near);
  });
  await listening(server);
  return {
    port: (server.address() as AddressInfo).port,
    get open() {
      return pairs.size;
    },
    get accepted() {
      return accepted;
    },
    cut() {
      for (const [near, far] of pairs) {
        near.resetAndDestroy();
        far.destroy();
      }
    },
    silence() {
      for (const [near, far] of pairs) {
        far.unpipe(near);
        far.resume();
      }
    },
    refuse(now) {
      refusing = now;
    },
    async close() {
      for (const [near, far] of pairs) {
        near.destroy();
        far.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const listening = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
