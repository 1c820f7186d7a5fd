import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import getRawBody from 'raw-body';
import { DomainError } from '../problems/domain-error.ts';

const mebibyte = 1024 * 1024;
const largestJson = mebibyte;
/** GitHub sends none that is larger. */
const largestWebhook = 25 * mebibyte;

const utf8 = new TextDecoder();

/** JSON for all of /v1; the very bytes for webhooks, whose signature is over them. Other routes read the request by themselves. */
export function useBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  // A route knows what it takes, whatever its sender calls it. Fastify would refuse names that it cannot read.
  server.addHook('onRequest', ({ headers }, _reply, done) => {
    if (headers['content-type'] !== undefined) headers['content-type'] = 'application/octet-stream';
    done();
  });
  server.addContentTypeParser('*', async (request: FastifyRequest, body: Readable) => {
    const route = request.routeOptions.url ?? '';
    if (route.startsWith('/v1/')) return parseJson(await read(request, body, largestJson));
    if (route.startsWith('/webhooks/')) return read(request, body, largestWebhook);
  });
}

async function read({ headers }: FastifyRequest, body: Readable, limit: number): Promise<Buffer> {
  try {
    return await getRawBody(body, { limit, length: headers['content-length'] ?? null });
  } catch (error) {
    // Its sender reads the refusal when the rest has been taken.
    body.resume();
    throw error;
  }
}

function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw new DomainError('invalid_json', { cause });
  }
}
