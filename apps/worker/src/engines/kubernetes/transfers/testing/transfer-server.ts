import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type DataAddress, type MoveId, MoveId as MoveIds } from '@zarpa/contracts';

/** Takes and gives the data of moves as the API does. */
export class TransferServer implements AsyncDisposable {
  readonly #host: string;
  readonly #server: Server;
  readonly #stored = new Map<string, Buffer>();
  readonly #tickets = new Map<string, string>();
  readonly #answers = new Map<string, string[]>();
  readonly #digests = new Map<string, string>();
  readonly #gates = new Map<string, Promise<void>>();
  readonly #redirects = new Map<string, string>();

  private constructor(host: string) {
    this.#host = host;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(host: string): Promise<TransferServer> {
    const server = new TransferServer(host);
    server.#server.listen(0, host);
    await once(server.#server, 'listening');
    return server;
  }

  /** A fresh address; the one before is refused from now on. */
  address(moveId: MoveId): DataAddress {
    const ticket = randomUUID();
    this.#tickets.set(moveId, ticket);
    const { port } = this.#server.address() as AddressInfo;
    const url = `http://${this.#host}:${port}/transfers/${moveId}?ticket=${ticket}`;
    return { moveId, url, expiresAt: Date.now() + 3_600_000 };
  }

  /** Refuses the newest address too, until there is another. */
  refuse(moveId: MoveId): void {
    this.#tickets.delete(moveId);
  }

  put(moveId: MoveId, archive: Buffer): void {
    this.#stored.set(moveId, archive);
  }

  /** Tells this digest instead of the true one. */
  lie(moveId: MoveId, digest: string): void {
    this.#digests.set(moveId, digest);
  }

  /** Requests wait until the returned function is called. */
  hold(moveId: MoveId): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gates.set(moveId, promise);
    return resolve;
  }

  /** Sends requests elsewhere. */
  redirect(moveId: MoveId, url: string): void {
    this.#redirects.set(moveId, url);
  }

  /** All that was answered so far, such as `PUT 204`. */
  answersTo(moveId: MoveId): readonly string[] {
    return this.#answers.get(moveId) ?? [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://any');
    const moveId = MoveIds.parse(url.pathname.slice('/transfers/'.length));
    const body = request.method === 'PUT' ? await buffer(request).catch(() => null) : null;
    if (request.method === 'PUT' && body === null) return;
    await this.#gates.get(moveId);
    const isGood = url.searchParams.get('ticket') === this.#tickets.get(moveId);
    if (isGood && body !== null) this.#stored.set(moveId, body);
    const stored = this.#stored.get(moveId);
    const location = this.#redirects.get(moveId);
    if (location !== undefined) return void response.writeHead(307, { location }).end();
    const status = isGood && stored !== undefined ? (body === null ? 200 : 204) : 403;
    this.#answers.set(moveId, [...this.answersTo(moveId), `${request.method} ${status}`]);
    if (status === 403 || stored === undefined) return void response.writeHead(403).end();
    const sha256 = createHash('sha256').update(stored).digest('base64');
    response.setHeader('repr-digest', this.#digests.get(moveId) ?? `sha-256=:${sha256}:`);
    response.writeHead(status).end(status === 200 ? stored : undefined);
  }
}
