import type { FastifyReply, FastifyRequest } from 'fastify';

/** For answers that are data, never pages: what else browsers know of concerns documents, and each header costs every request. */
const security = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

/** What every answer carries. The dashboard's pages alone may read it with credentials: the origin is theirs, whoever asks. */
export const answerHeaders = (webOrigin: string) => ({
  ...security,
  'access-control-allow-origin': webOrigin,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'x-correlation-id,retry-after,content-disposition',
  vary: 'Origin',
});

const preflightHeaders = {
  'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
  'access-control-max-age': '600',
  vary: 'Origin, Access-Control-Request-Headers',
};

/** Answers the question that a browser asks before it sends what a form could not: https://fetch.spec.whatwg.org/#cors-preflight-fetch */
export function answerPreflight({ headers }: FastifyRequest, reply: FastifyReply): void {
  const asked = headers['access-control-request-headers'];
  if (asked !== undefined) reply.header('access-control-allow-headers', asked);
  reply.code(204).headers(preflightHeaders).send();
}
