import { currentContext, type Logger, runWithContext } from '@zarpa/observability';
import type { FastifyReply } from 'fastify';
import type { CallerRequest } from './caller.ts';
import type { Entrance } from './http-adapter.ts';

const quiet = /^\/(?:health\/|metrics$)/;

/** The context of a request, and one wide event when it is over. Addresses are logged without their query: it may hold tickets. */
export function requestLog(parent: Logger): Entrance {
  // None of these fields can hold a secret, and looking for one would be a tenth of a read's time.
  const logger = parent.child({}, { redact: [] });
  return (request, reply, next) => {
    const startedAt = performance.now();
    const { 'x-correlation-id': correlationId, traceparent } = request.headers;
    runWithContext({ correlationId, traceparent }, () => {
      reply.header('x-correlation-id', currentContext()?.correlationId ?? '');
      reply.raw.once('close', () => report(logger, request, reply, performance.now() - startedAt));
      next();
    });
  };
}

function report(logger: Logger, request: CallerRequest, { raw: response }: FastifyReply, durationMs: number): void {
  const [path = ''] = request.url.split('?', 1);
  if (quiet.test(path) && response.statusCode < 400) return;
  logger.info(
    {
      method: request.method,
      path,
      route: request.routeOptions.url,
      status: response.statusCode,
      code: request.problemCode,
      ownerId: request.session?.ownerId,
      aborted: !response.writableFinished,
      durationMs: Math.round(durationMs * 10) / 10,
    },
    'Answered request',
  );
}
