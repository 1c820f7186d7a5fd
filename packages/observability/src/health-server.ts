import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';

/** Resolves when the thing works, rejects when it does not. */
export type HealthCheck = () => Promise<unknown>;

export interface HealthServer {
  /** The port that is listened on, also when 0 was asked for. */
  readonly port: number;
  close(): Promise<void>;
}

const checkTimeoutMs = 2_000;

/**
 * Serves `/health/live` (the process answers), `/health/ready` (every check passes within 2 s, else 503 with the names
 * of those that do not) and `/metrics`, for an app that serves no HTTP otherwise.
 */
export async function startHealthServer(options: {
  port: number;
  host?: string;
  checks: Readonly<Record<string, HealthCheck>>;
  registry: Registry;
}): Promise<HealthServer> {
  const routes: Record<string, (response: ServerResponse) => Promise<void>> = {
    '/health/live': async (response) => sendJson(response, 200, { status: 'ok' }),
    '/health/ready': async (response) => {
      const failing = await failingChecks(options.checks);
      sendJson(response, failing.length === 0 ? 200 : 503, {
        status: failing.length === 0 ? 'ok' : 'failing',
        failing,
      });
    },
    '/metrics': async (response) => {
      const body = await options.registry.metrics();
      response.writeHead(200, { 'content-type': options.registry.contentType }).end(body);
    },
  };
  const server = createServer((request, response) => {
    const route = request.method === 'GET' ? routes[request.url?.split('?')[0] ?? ''] : undefined;
    if (!route) return sendJson(response, 404, { status: 'not_found' });
    route(response).catch(() => sendJson(response, 500, { status: 'error' }));
  });
  server.listen(options.port, options.host ?? '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The names of the checks that reject or take longer than 2 s. */
export async function failingChecks(checks: Readonly<Record<string, HealthCheck>>): Promise<string[]> {
  const names = Object.keys(checks);
  const results = await Promise.allSettled(Object.values(checks).map(withDeadline));
  return names.filter((_, index) => results[index]?.status === 'rejected');
}

async function withDeadline(check: HealthCheck): Promise<void> {
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => deadline.reject(new Error('The health check took too long')), checkTimeoutMs);
  try {
    await Promise.race([check(), deadline.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
