import { currentContext, type Logger, runWithContext } from '@zarpa/observability';
import type { NextFunction, Request, Response } from 'express';
import type { CallerRequest } from './caller.ts';

const quiet = /^\/(?:health\/|metrics$)/;

/** The context of a request, and one wide event when it is over. Addresses are logged without their query: it may hold tickets. */
export function requestLog(parent: Logger) {
  // None of these fields can hold a secret, and looking for one would be a tenth of a read's time.
  const logger = parent.child({}, { redact: [] });
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    const { 'x-correlation-id': correlationId, traceparent } = request.headers;
    runWithContext({ correlationId, traceparent }, () => {
      response.setHeader('x-correlation-id', currentContext()?.correlationId ?? '');
      response.once('close', () => report(logger, request, response, performance.now() - startedAt));
      next();
    });
  };
}

function report(logger: Logger, request: CallerRequest, response: Response, durationMs: number): void {
  const [path = ''] = request.originalUrl.split('?', 1);
  if (quiet.test(path) && response.statusCode < 400) return;
  logger.info(
    {
      method: request.method,
      path,
      route: request.route?.path,
      status: response.statusCode,
      code: response.locals.problemCode,
      ownerId: request.session?.ownerId,
      aborted: !response.writableFinished,
      durationMs: Math.round(durationMs * 10) / 10,
    },
    'Answered request',
  );
}
