import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { Agent, request as send } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { type Access, type KubeconfigSource, readKubeconfig } from '../../client/cluster-access.ts';

/** A request of one worker to the API server, while it goes on and after. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly startedAt: number;
  status: number | null;
  endedAt: number | null;
}

const notForwarded = new Set(['connection', 'host', 'keep-alive', 'transfer-encoding', 'upgrade']);

/** Stands between a worker and the API server, speaks for it there, and writes down what it asks. */
export class ApiObserver {
  readonly seen: SeenRequest[] = [];
  readonly #server: Http2SecureServer;
  readonly #target: URL;
  readonly #access: Access;
  readonly #agent: Agent;

  private constructor(target: URL, access: Access) {
    const { key, cert } = access.tls;
    if (key === undefined || cert === undefined) throw new Error('The kubeconfig of this cluster has no certificate');
    this.#target = target;
    this.#access = access;
    this.#agent = new Agent({ ...access.tls, keepAlive: true });
    this.#server = createSecureServer({ key, cert });
    this.#server.on('request', (request, response) => this.#forward(request, response));
  }

  static async open(kubeconfig: string): Promise<ApiObserver> {
    const access = await readKubeconfig({ path: kubeconfig });
    const observer = new ApiObserver(access.server, await access.load());
    observer.#server.listen(0, '127.0.0.1');
    await once(observer.#server, 'listening');
    return observer;
  }

  /** Leads here. The worker needs no credentials, and does not check who answers. */
  get kubeconfig(): KubeconfigSource {
    const { port } = this.#server.address() as AddressInfo;
    const cluster = { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
    return {
      text: JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'observed', cluster }],
        users: [{ name: 'nobody', user: {} }],
        contexts: [{ name: 'observed', context: { cluster: 'observed', user: 'nobody' } }],
        'current-context': 'observed',
      }),
    };
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    this.#server.close();
  }

  #forward(request: Http2ServerRequest, response: Http2ServerResponse): void {
    const url = new URL(request.url, this.#target);
    const seen: SeenRequest = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      startedAt: performance.now(),
      status: null,
      endedAt: null,
    };
    this.seen.push(seen);
    const headers = { ...forwarded(request.headers), ...this.#access.headers };
    const onward = send(url, { method: request.method, headers, agent: this.#agent });
    const end = () => {
      seen.endedAt ??= performance.now();
      onward.destroy();
    };
    response.on('close', end);
    onward.on('error', () => response.stream?.close());
    onward.on('response', (answer) => {
      seen.status = answer.statusCode ?? 0;
      response.writeHead(seen.status, forwarded(answer.headers));
      pipeline(answer, response, () => undefined);
    });
    pipeline(request, onward, () => undefined);
  }
}

const forwarded = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':') && !notForwarded.has(name)));
