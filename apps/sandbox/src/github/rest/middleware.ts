import { createHash, randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { GitHub } from '../github.ts';
import type { RateResource, RateStatus } from '../rate-limits.ts';
import { authenticate } from './authenticate.ts';
import type { ApiContext, ApiEnvironment } from './environment.ts';
import { GitHubError } from './errors.ts';

/** Authentication, rate limit, ETag and the headers that every answer of the API carries. */
export function apiMiddleware(github: GitHub, base: string): MiddlewareHandler<ApiEnvironment> {
  return async (context, next) => {
    context.header('x-github-request-id', randomUUID());
    context.header('x-github-media-type', 'github.v3; format=json');
    context.header('x-github-api-version-selected', '2022-11-28');
    context.header('vary', 'Accept, Authorization, Cookie, Accept-Encoding');
    const principal = await authenticate(github, context);
    context.set('principal', principal);
    if (principal.kind === 'user') context.header('x-oauth-scopes', principal.scope.replaceAll(',', ', '));

    const resource: RateResource = context.req.path.startsWith(`${base}/search/`) ? 'search' : 'core';
    const free = context.req.path === `${base}/rate_limit`;
    const { allowed, status } = free
      ? { allowed: true, status: github.rateLimits.status(principal, resource) }
      : github.rateLimits.take(principal, resource);
    setRateHeaders(context, status);
    if (!allowed) throw rateLimitExceeded(context);

    await next();
    const unchanged = await answerConditionally(context);
    if (unchanged && !free && principal.kind !== 'anonymous') {
      setRateHeaders(context, github.rateLimits.giveBack(principal, resource));
    }
  };
}

/** Sets the ETag of a JSON answer; replaces it by 304, and returns true, where the reader has it already. */
async function answerConditionally(context: ApiContext): Promise<boolean> {
  const reads = context.req.method === 'GET' || context.req.method === 'HEAD';
  if (!reads || context.res.status !== 200) return false;
  const body = Buffer.from(await context.res.clone().arrayBuffer());
  const etag = `W/"${createHash('sha256').update(body).digest('hex')}"`;
  const headers = new Headers(context.res.headers);
  headers.set('etag', etag);
  headers.set(
    'cache-control',
    context.var.principal.kind === 'anonymous' ? 'public, max-age=60, s-maxage=60' : 'private, max-age=60, s-maxage=60',
  );
  const unchanged = matches(context.req.header('if-none-match'), etag);
  if (unchanged) headers.delete('content-type');
  context.res = undefined;
  context.res = unchanged ? new Response(null, { status: 304, headers }) : new Response(body, { status: 200, headers });
  return unchanged;
}

function matches(header: string | undefined, etag: string): boolean {
  const weak = (tag: string) => tag.trim().replace(/^W\//, '');
  return header?.split(',').some((tag) => tag.trim() === '*' || weak(tag) === weak(etag)) ?? false;
}

function setRateHeaders(context: ApiContext, { limit, remaining, reset, used, resource }: RateStatus): void {
  context.header('x-ratelimit-limit', String(limit));
  context.header('x-ratelimit-remaining', String(remaining));
  context.header('x-ratelimit-reset', String(reset));
  context.header('x-ratelimit-used', String(used));
  context.header('x-ratelimit-resource', resource);
}

function rateLimitExceeded(context: ApiContext): GitHubError {
  const { principal } = context.var;
  if (principal.kind !== 'anonymous') return new GitHubError(403, 'API rate limit exceeded for this account.');
  return new GitHubError(
    403,
    `API rate limit exceeded for ${principal.address}. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)`,
  );
}
