import { Hono } from 'hono';
import { sameName } from '../accounts.ts';
import type { GitHub } from '../github.ts';
import { presentRepository } from '../present/repository.ts';
import { canRead } from '../principal.ts';
import type { Repository } from '../repositories.ts';
import type { ApiEnvironment } from './environment.ts';
import { GitHubError, invalid } from './errors.ts';
import { paginate } from './pagination.ts';

interface Search {
  readonly terms: readonly string[];
  readonly owners: readonly string[];
  readonly fullNames: readonly string[];
  readonly inside: readonly string[];
  readonly visibility: string | undefined;
}

const longestQuery = 256;

export function searchRoutes(github: GitHub): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.get('/search/repositories', async (context) => {
    const query = context.req.query('q')?.trim() ?? '';
    if (query === '') throw invalid([{ resource: 'Search', field: 'q', code: 'missing' }]);
    if (query.length > longestQuery)
      throw invalid([
        { resource: 'Search', field: 'q', code: 'invalid', message: 'The search is longer than 256 characters.' },
      ]);
    const search = parseSearch(query);
    const readable = (await github.repositories.list()).filter((one) => canRead(context.var.principal, one));
    assertOwnersExist(search, await github.repositories.owners());
    const found = readable.filter((repository) => matchesSearch(search, repository));
    const presented = await Promise.all(found.map((one) => presentRepository(github, one, context.var.principal)));
    const sorted = presented.toSorted((left, right) => right.updated_at.localeCompare(left.updated_at));
    const items = paginate(context, github.webUrl, sorted).map((item) => ({ ...item, score: 1 }));
    return context.json({ total_count: found.length, incomplete_results: false, items });
  });
  return routes;
}

export function parseSearch(query: string): Search {
  const words = query.toLowerCase().match(/\S*"[^"]*"|\S+/g) ?? [];
  const unquoted = words.map((word) => word.replaceAll('"', ''));
  const valuesOf = (...names: string[]) =>
    names.flatMap((name) =>
      unquoted.filter((word) => word.startsWith(`${name}:`)).map((word) => word.slice(name.length + 1)),
    );
  return {
    terms: unquoted.filter((word) => !/^-?[a-z]+:./.test(word)),
    owners: valuesOf('user', 'org', 'owner'),
    fullNames: valuesOf('repo'),
    inside: valuesOf('in').flatMap((places) => places.split(',')),
    visibility: valuesOf('is').find((value) => value === 'public' || value === 'private'),
  };
}

export function matchesSearch(
  search: Search,
  repository: Pick<Repository, 'owner' | 'name' | 'description' | 'private'>,
): boolean {
  const { owner, name, description } = repository;
  const fullName = `${owner}/${name}`.toLowerCase();
  const restricted = search.owners.length + search.fullNames.length > 0;
  if (restricted && !search.owners.some((one) => sameName(one, owner)) && !search.fullNames.includes(fullName))
    return false;
  if (search.visibility !== undefined && repository.private !== (search.visibility === 'private')) return false;
  const places = search.inside.length === 0 ? ['name', 'description'] : search.inside;
  const text = [
    places.includes('name') ? name : '',
    places.includes('description') ? (description ?? '') : '',
    search.terms.some((term) => term.includes('/')) ? fullName : '',
  ];
  return search.terms.every((term) => text.some((place) => place.toLowerCase().includes(term)));
}

function assertOwnersExist(search: Search, owners: readonly string[]): void {
  const missing =
    search.owners.length > 0 && !search.owners.some((one) => owners.some((owner) => sameName(one, owner)));
  if (!missing) return;
  const message =
    'The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.';
  throw new GitHubError(422, 'Validation Failed', [{ resource: 'Search', field: 'q', code: 'invalid', message }]);
}
