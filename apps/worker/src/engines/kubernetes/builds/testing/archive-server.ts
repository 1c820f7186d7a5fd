import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Files, tarball } from '../../../contract/source-server.ts';

/** Serves archives to pods as GitHub does, behind tickets that redirect, as the API does. */
export class ArchiveServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #host: string;
  readonly #archives = new Map<string, Buffer>();
  /** Addresses of archives that are gone by the time they are fetched. */
  readonly #gone = new Set<string>();

  private constructor(host: string) {
    this.#host = host;
    this.#server = createServer((request, response) => this.#answer(request.url ?? '', response));
  }

  static async start(host: string): Promise<ArchiveServer> {
    const server = new ArchiveServer(host);
    server.#server.listen(0, '0.0.0.0');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async publish(files: Files): Promise<string> {
    return this.publishBytes(await tarball(files));
  }

  publishBytes(bytes: Buffer): string {
    const name = `${this.#archives.size}.tar.gz`;
    this.#archives.set(name, bytes);
    return `http://127.0.0.1:${this.port}/ticket/${name}?ticket=${ticketValue}`;
  }

  /** The ticket still redirects, the address that it leads to is good no more. */
  loseArchive(archiveUrl: string): void {
    this.#gone.add(nameOf(new URL(archiveUrl).pathname));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(url: string, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(url, 'http://any');
    const name = nameOf(pathname);
    const archive = this.#archives.get(name);
    if (archive === undefined) response.writeHead(404).end();
    else if (pathname.startsWith('/ticket/') && searchParams.get('ticket') === ticketValue) {
      const location = `http://${this.#host}:${this.port}/archive/${name}?signature=${signatureValue}`;
      response.writeHead(302, { location }).end();
    } else if (searchParams.get('signature') !== signatureValue) response.writeHead(403).end();
    else if (this.#gone.has(name)) response.writeHead(410).end();
    else response.writeHead(200, { 'content-type': 'application/x-gzip' }).end(archive);
  }
}

/** What must be seen nowhere in a build. */
export const ticketValue = 'the-ticket-of-the-archive';
export const signatureValue = 'the-signature-of-the-address';

const nameOf = (pathname: string): string => pathname.slice(pathname.lastIndexOf('/') + 1);
