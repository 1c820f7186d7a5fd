import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { GitHub } from '../github.ts';

export interface FieldError {
  readonly resource: string;
  readonly field: string;
  readonly code: string;
  readonly message?: string;
}

/** An answer in GitHub's shape: `message`, `documentation_url`, `status` and, for 422, `errors`. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 422;
  readonly errors: readonly FieldError[] | undefined;

  constructor(status: GitHubError['status'], message: string, errors?: readonly FieldError[]) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

export const notFound = () => new GitHubError(404, 'Not Found');
export const requiresAuthentication = () => new GitHubError(401, 'Requires authentication');
export const badCredentials = () => new GitHubError(401, 'Bad credentials');
export const notAccessible = () => new GitHubError(403, 'Resource not accessible by integration');
export const invalid = (errors: readonly FieldError[]) => new GitHubError(422, 'Validation Failed', errors);

const documentationUrl = 'https://docs.github.com/rest';

export function errorAnswer(github: GitHub, error: unknown, context: Context): Response {
  if (error instanceof GitHubError) {
    const { status, message, errors } = error;
    const body = {
      message,
      ...(errors ? { errors } : {}),
      documentation_url: documentationUrl,
      status: String(status),
    };
    return context.json(body, status);
  }
  if (error instanceof HTTPException) {
    const body = { message: error.message || 'Bad Request', documentation_url: documentationUrl };
    return context.json({ ...body, status: String(error.status) }, error.status);
  }
  github.logger.error({ err: error, path: context.req.path }, 'Failed to answer an API request');
  return context.json({ message: 'Server Error', documentation_url: documentationUrl, status: '500' }, 500);
}
