import { RequestError } from '@octokit/request-error';
import type { ProblemCode } from '@zarpa/contracts';
import { DomainError } from '../../problems/domain-error.ts';

/** GitHub's refusal in our words. `notFound` is what a 404 means for the call that failed. */
export function githubError(error: unknown, notFound: ProblemCode): DomainError {
  if (error instanceof DomainError) return error;
  if (!(error instanceof RequestError)) return new DomainError('github_unavailable', { cause: error });
  if (isRateLimited(error))
    return new DomainError('github_rate_limited', { cause: error, retryAfterSeconds: waitOf(error) });
  if (error.status === 401) return new DomainError('github_authorization_failed', { cause: error });
  if ([403, 404, 409, 410, 422, 451].includes(error.status)) return new DomainError(notFound, { cause: error });
  return new DomainError('github_unavailable', { cause: error });
}

function isRateLimited({ status, response }: RequestError): boolean {
  const headers = response?.headers;
  if (status !== 403 && status !== 429) return false;
  return status === 429 || headers?.['x-ratelimit-remaining'] === '0' || headers?.['retry-after'] !== undefined;
}

function waitOf({ response }: RequestError): number {
  const after = Number(response?.headers['retry-after']);
  if (Number.isFinite(after) && after > 0) return after;
  const reset = Number(response?.headers['x-ratelimit-reset']);
  return Number.isFinite(reset) ? Math.max(1, reset - Math.floor(Date.now() / 1000)) : 60;
}
