import type { Context } from 'hono';
import type { z } from 'zod';
import type { GitHub } from '../github.ts';
import { canRead, canWrite, type Principal } from '../principal.ts';
import type { Repository } from '../repositories.ts';
import { GitHubError, invalid, notAccessible, notFound, requiresAuthentication } from './errors.ts';

export interface ApiEnvironment {
  Variables: { principal: Principal };
}
export type ApiContext = Context<ApiEnvironment>;

/** The repository of the address, if this reader may know that it exists. */
export async function readableRepository(github: GitHub, context: ApiContext): Promise<Repository> {
  const { owner = '', repo = '' } = context.req.param();
  const repository = await github.repositories.find(owner, repo);
  if (!repository || !canRead(context.var.principal, repository)) throw notFound();
  return repository;
}

export async function writableRepository(github: GitHub, context: ApiContext): Promise<Repository> {
  const repository = await readableRepository(github, context);
  const { principal } = context.var;
  if (principal.kind === 'anonymous') throw requiresAuthentication();
  if (canWrite(principal, repository)) return repository;
  throw principal.kind === 'user' ? notFound() : notAccessible();
}

export function requireUser(context: ApiContext): Extract<Principal, { kind: 'user' }> {
  const { principal } = context.var;
  if (principal.kind === 'user') return principal;
  throw principal.kind === 'anonymous' ? requiresAuthentication() : notAccessible();
}

export function requireInstallation(context: ApiContext): Extract<Principal, { kind: 'installation' }> {
  const { principal } = context.var;
  if (principal.kind === 'installation') return principal;
  throw principal.kind === 'anonymous'
    ? requiresAuthentication()
    : new GitHubError(
        403,
        'You must authenticate with an installation access token in order to list repositories for an installation.',
      );
}

export function requireApp(context: ApiContext): void {
  if (context.var.principal.kind !== 'app') throw new GitHubError(401, 'A JSON web token could not be decoded');
}

/** An absent body counts as `{}`, as GitHub takes it. */
export async function readBody<S extends z.ZodType>(
  context: ApiContext,
  schema: S,
  resource: string,
): Promise<z.output<S>> {
  const text = await context.req.text();
  const result = schema.safeParse(text.trim() === '' ? {} : parseJson(text));
  if (result.success) return result.data;
  throw invalid(
    result.error.issues.map((issue) => ({
      resource,
      field: issue.path.join('.'),
      code: issue.code === 'invalid_type' && issue.input === undefined ? 'missing_field' : 'invalid',
      message: issue.message,
    })),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GitHubError(400, 'Problems parsing JSON');
  }
}
