import type { Status } from 'kubernetes-types/meta/v1';
import type { Dispatcher } from 'undici';
import { isUnreachable, KubernetesError } from './kubernetes-error.ts';
import { readToEnd } from './response-stream.ts';
import type { Transport, TransportRequest } from './transport.ts';

/** A server that goes away meanwhile does not say so. */
const attachTimeoutMs = 5_000;

/** Requests and their answers as JSON; a refusal is a {@link KubernetesError}. */
export class Exchange {
  readonly #transport: Transport;
  readonly #timeoutMs: number;

  constructor(transport: Transport, timeoutMs: number) {
    this.#transport = transport;
    this.#timeoutMs = timeoutMs;
  }

  /** Once more where the connection broke. */
  async read<T>(path: string, query?: Record<string, string>, signal?: AbortSignal): Promise<T> {
    const request: TransportRequest = { method: 'GET', path, ...(query === undefined ? {} : { query }) };
    try {
      return await this.#send<T>(request, signal);
    } catch (error) {
      const broke = isUnreachable(error) && error instanceof Error && !isTimeout(error.cause);
      if (!broke || signal?.aborted === true) throw error;
      return await this.#send<T>(request, signal);
    }
  }

  write<T>(request: TransportRequest): Promise<T> {
    return this.#send<T>(request);
  }

  async stream(
    path: string,
    options: { query?: Record<string, string>; signal: AbortSignal; accept?: string },
  ): Promise<AsyncIterable<Uint8Array>> {
    const { query = {}, signal, accept = '*/*' } = options;
    const request: TransportRequest = { method: 'GET', path, query, signal, headers: { accept }, endless: true };
    const response = await this.#transport.send(request).catch((error: unknown) => {
      if (signal.aborted) return null;
      throw KubernetesError.unreachable(`GET ${path}`, error);
    });
    if (response === null) return nothing();
    if (response.statusCode >= 400) throw await refusal(request, response);
    return readToEnd(response.body, { request: `GET ${path}`, signal });
  }

  async writeStdin(path: string, text: string, query: Record<string, string>): Promise<void> {
    const signal = AbortSignal.timeout(Math.min(attachTimeoutMs, this.#timeoutMs));
    try {
      await this.#transport.writeStdin(path, text, { query, signal });
    } catch (error) {
      throw KubernetesError.unreachable(`attach ${path}`, error);
    }
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  async #send<T>(request: TransportRequest, signal?: AbortSignal): Promise<T> {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const headers = { accept: 'application/json', 'content-type': 'application/json', ...request.headers };
    const bounded = {
      ...request,
      headers,
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    };
    try {
      const response = await this.#transport.send(bounded);
      if (response.statusCode >= 400) throw await refusal(request, response);
      return (await response.body.json()) as T;
    } catch (error) {
      if (error instanceof KubernetesError) throw error;
      signal?.throwIfAborted();
      throw KubernetesError.unreachable(`${request.method} ${request.path}`, error);
    }
  }
}

async function refusal(request: TransportRequest, response: Dispatcher.ResponseData): Promise<KubernetesError> {
  const text = await response.body.text();
  const retryAfter = response.headers['retry-after'];
  const status = statusOf(text);
  const message = `${request.method} ${request.path}: ${status?.message ?? text.slice(0, 200)}`;
  return KubernetesError.fromStatus(
    { ...status, message, code: response.statusCode },
    typeof retryAfter === 'string' ? retryAfter : undefined,
  );
}

function statusOf(text: string): Status | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' ? (parsed as Status) : null;
  } catch {
    return null;
  }
}

const isTimeout = (cause: unknown): boolean => cause instanceof Error && cause.name === 'TimeoutError';

async function* nothing(): AsyncGenerator<Uint8Array> {}
