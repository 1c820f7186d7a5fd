import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';

export type Files = Readonly<Record<string, string>>;

/** Serves archives as the API does: by redirect, for as long as their ticket is good. */
export class SourceServer implements AsyncDisposable {
  readonly #host: string;
  readonly #server: Server;
  readonly #archives = new Map<string, Buffer>();
  readonly #expired = new Set<string>();
  readonly #held = new Map<string, Promise<void>>();
  downloads = 0;
  refusals = 0;

  private constructor(host: string) {
    this.#host = host;
    this.#server = createServer((request, response) => void this.#answer(request.url ?? '', response));
  }

  /** Listens on an address of this machine. */
  static async start(host: string): Promise<SourceServer> {
    const server = new SourceServer(host);
    server.#server.listen(0, host);
    await once(server.#server, 'listening');
    return server;
  }

  /** An address that answers with a redirect to a tarball of these files, under one top folder. */
  async publish(files: Files): Promise<string> {
    return this.publishBytes(await tarball(files));
  }

  publishBytes(bytes: Buffer): string {
    const name = `${this.#archives.size}.tar.gz`;
    this.#archives.set(name, bytes);
    return `${this.#origin}/ticket/${name}`;
  }

  /** From now on the address answers 410. */
  expire(archiveUrl: string): void {
    this.#expired.add(archiveUrl.slice(archiveUrl.lastIndexOf('/') + 1));
  }

  /** Downloads wait until the returned function is called. */
  hold(archiveUrl: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held.set(archiveUrl.slice(archiveUrl.lastIndexOf('/') + 1), promise);
    return resolve;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  get #origin(): string {
    return `http://${this.#host}:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(url: string, response: ServerResponse): Promise<void> {
    const [, kind, name = ''] = url.split('/');
    const archive = this.#archives.get(name);
    if (this.#expired.has(name)) {
      this.refusals += 1;
      response.writeHead(410).end();
    } else if (archive === undefined) response.writeHead(404).end();
    else if (kind === 'ticket') response.writeHead(302, { location: `/archive/${name}` }).end();
    else {
      await this.#held.get(name);
      this.downloads += 1;
      response.writeHead(200, { 'content-type': 'application/x-gzip' }).end(archive);
    }
  }
}

/** A gzipped tarball as GitHub makes it. */
export async function tarball(files: Files): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'zarpa-tarball-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      const target = join(folder, 'owner-name-0123456', path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
    }
    const archive = join(folder, 'archive.tar.gz');
    await create({ cwd: folder, gzip: true, file: archive }, ['owner-name-0123456']);
    return await readFile(archive);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
