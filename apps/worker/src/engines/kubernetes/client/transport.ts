import { isDeepStrictEqual } from 'node:util';
import { Agent, type Dispatcher, Pool } from 'undici';
import { writeStdin } from './attach.ts';
import type { Access, ClusterAccess } from './cluster-access.ts';
import { createLiveConnector } from './live-connector.ts';

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** The answer goes on for as long as the server likes, and may begin late. */
  readonly endless?: boolean;
}

export interface TransportTimings {
  /** For an answer to begin, unless it is endless. */
  readonly headersTimeoutMs: number;
  /** A connection without a byte for so long is broken, though asked. */
  readonly deadAfterMs: number;
}

interface Pools {
  readonly short: Pool;
  readonly endless: Pool;
}

const accessKeptMs = 60_000;
const unauthorized = 401;
const maxShortConnections = 4;
const streamsPerConnection = 100;
const tcpKeepAliveMs = 20_000;
const keepAliveMs = 60_000;

/**
 * Connections to one API server. Endless answers have connections of their own, as many as it takes: a connection carries at most
 * `streamsPerConnection`, and a request that had to wait for an endless one to end would wait for ever.
 */
export class Transport {
  readonly #access: ClusterAccess;
  readonly #timings: TransportTimings;
  #current: Access;
  #pools: Pools;
  #loadedAt = performance.now();
  #loading: Promise<void> | null = null;

  private constructor(access: ClusterAccess, current: Access, timings: TransportTimings) {
    this.#access = access;
    this.#current = current;
    this.#timings = timings;
    this.#pools = this.#connect(current);
  }

  static async open(access: ClusterAccess, timings: TransportTimings): Promise<Transport> {
    return new Transport(access, await access.load(), timings);
  }

  /** Any status: the caller looks at it. Rejects where no answer came. */
  async send(request: TransportRequest): Promise<Dispatcher.ResponseData> {
    if (performance.now() - this.#loadedAt > accessKeptMs) this.#reload().catch(() => undefined);
    const response = await this.#dispatch(request);
    if (response.statusCode !== unauthorized) return response;
    await response.body.dump();
    await this.#reload();
    return await this.#dispatch(request);
  }

  /** To a container's standard input; over a connection of its own, which HTTP/2 can not carry. */
  async writeStdin(
    path: string,
    text: string,
    { query, signal }: { query: Readonly<Record<string, string>>; signal: AbortSignal },
  ): Promise<void> {
    const { tls, headers } = this.#current;
    const address = new URL(`${this.#access.server.pathname.replace(/\/$/, '')}${path}`, this.#access.server);
    address.protocol = 'wss:';
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    const dispatcher = new Agent({ allowH2: false, connect: { ...tls } });
    try {
      await writeStdin(address, text, { dispatcher, headers, signal });
    } finally {
      void dispatcher.destroy();
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#pools.short.destroy(), this.#pools.endless.destroy()]);
  }

  #dispatch(request: TransportRequest): Promise<Dispatcher.ResponseData> {
    const { pathname } = this.#access.server;
    const pool = request.endless === true ? this.#pools.endless : this.#pools.short;
    return pool.request({
      method: request.method,
      path: `${pathname.replace(/\/$/, '')}${request.path}`,
      query: request.query ?? {},
      headers: { ...this.#current.headers, 'user-agent': 'zarpa', ...request.headers },
      body: request.body ?? null,
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
  }

  #reload(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
      this.#loadedAt = performance.now();
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    const before = this.#current;
    this.#current = await this.#access.load();
    if (isDeepStrictEqual(before.tls, this.#current.tls)) return;
    const { short, endless } = this.#pools;
    this.#pools = this.#connect(this.#current);
    void Promise.allSettled([short.close(), endless.close()]);
  }

  #connect({ tls }: Access): Pools {
    const { headersTimeoutMs, deadAfterMs } = this.#timings;
    const common: Pool.Options = {
      allowH2: true,
      pipelining: streamsPerConnection,
      bodyTimeout: 0,
      keepAliveTimeout: keepAliveMs,
      connect: createLiveConnector(
        { ...tls, allowH2: true, preferH2: true, keepAlive: true, keepAliveInitialDelay: tcpKeepAliveMs },
        deadAfterMs,
      ),
      h2Options: { maxConcurrentStreams: streamsPerConnection, pingInterval: Math.ceil(deadAfterMs / 3) },
    };
    const { origin } = this.#access.server;
    return {
      short: new Pool(origin, { ...common, connections: maxShortConnections, headersTimeout: headersTimeoutMs }),
      endless: new Pool(origin, { ...common, headersTimeout: 0 }),
    };
  }
}
