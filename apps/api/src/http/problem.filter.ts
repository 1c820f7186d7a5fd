import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject, Injectable } from '@nestjs/common';
import type { Problem, ProblemCode } from '@zarpa/contracts';
import { currentContext, type Logger } from '@zarpa/observability';
import type { FastifyReply } from 'fastify';
import { LOGGER } from '../platform/logger.ts';
import { DomainError, type ErrorCategory } from '../problems/domain-error.ts';
import { languageOf } from '../problems/language.ts';
import { problemText } from '../problems/texts.ts';
import type { CallerRequest } from './caller.ts';

const statusOfCategory: Record<ErrorCategory, number> = {
  input: 400,
  authentication: 401,
  not_allowed: 403,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
};
const statusOfCode: Partial<Record<ProblemCode, number>> = {
  body_too_large: 413,
  too_many_requests: 429,
  github_rate_limited: 429,
  internal: 500,
};

/** Every refusal, and every failure, as RFC 9457 problem details in the caller's language. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<CallerRequest>(), http.getResponse<FastifyReply>()];
    const error = toDomainError(exception);
    const status = statusOf(error);
    if (status >= 500) this.logger.error({ err: error.cause ?? error, code: error.code }, 'Failed to answer a request');
    if (reply.raw.headersSent) return void reply.raw.destroy();
    const problem = problemOf(error, status, request.headers['accept-language']);
    request.problemCode = error.code;
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
    // Fastify would close the connection on bodies that it did not read, and the refusal could be lost with it.
    reply.removeHeader('connection');
    reply.code(status).header('content-type', 'application/problem+json; charset=utf-8');
    reply.header('cache-control', 'no-store').send(JSON.stringify(problem));
  }
}

export const statusOf = ({ code, category }: DomainError): number => statusOfCode[code] ?? statusOfCategory[category];

function problemOf(error: DomainError, status: number, acceptLanguage: string | undefined): Problem {
  const language = languageOf(acceptLanguage);
  const { title, detail } = problemText(error.code, language, error.params);
  return {
    type: `urn:zarpa:problem:${error.code}`,
    title,
    status,
    detail,
    code: error.code,
    correlationId: currentContext()?.correlationId ?? '',
    ...(error.errors && { errors: error.errors.map(({ path, text }) => ({ path, message: text(language) })) }),
  };
}

/** What Nest and Fastify refuse by themselves: bodies that do not parse, routes that are not there. */
function toDomainError(exception: unknown): DomainError {
  if (exception instanceof DomainError) return exception;
  const status = exception instanceof HttpException ? exception.getStatus() : numberOf(exception, 'statusCode');
  if (status === 413) return new DomainError('body_too_large', { cause: exception });
  if (status === 404) return new DomainError('route_not_found', { cause: exception });
  if (status !== undefined && status >= 400 && status < 500)
    return new DomainError('invalid_json', { cause: exception });
  if (isOutage(exception)) return new DomainError('unavailable', { cause: exception });
  return new DomainError('internal', { cause: exception });
}

/** PostgreSQL's classes for lost connections and shutdowns, the network's own, and Redis that is not there. */
function isOutage(exception: unknown): boolean {
  if (!(exception instanceof Error)) return false;
  if (exception.name === 'MaxRetriesPerRequestError') return true;
  const code = 'code' in exception ? String(exception.code) : '';
  return /^(?:08|57P|53)/.test(code) || /^E(?:CONN|PIPE|TIMEDOUT|HOSTUNREACH|AI_AGAIN)/.test(code);
}

function numberOf(value: unknown, key: string): number | undefined {
  if (typeof value !== 'object' || value === null || !(key in value)) return undefined;
  const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof found === 'number' ? found : undefined;
}
