import type { GitHub } from '../github.ts';
import { presentRepository } from '../present/repository.ts';
import type { Repository } from '../repositories.ts';
import type { ApiContext } from './environment.ts';
import { invalid } from './errors.ts';
import { paginate } from './pagination.ts';

type PresentedRepository = Awaited<ReturnType<typeof presentRepository>>;

const sorts = {
  created: 'created_at',
  updated: 'updated_at',
  pushed: 'pushed_at',
  full_name: 'full_name',
} as const satisfies Record<string, keyof PresentedRepository>;
type Sort = keyof typeof sorts;

/** A list of repositories, filtered, sorted and paged as the query asks. */
export async function answerRepositories(
  github: GitHub,
  context: ApiContext,
  repositories: readonly Repository[],
  defaultSort: Sort,
): Promise<Response> {
  const visibility = context.req.query('visibility') ?? context.req.query('type');
  const wanted = repositories.filter(
    (repository) =>
      !['public', 'private'].includes(visibility ?? '') || repository.private === (visibility === 'private'),
  );
  const { principal } = context.var;
  const presented = await Promise.all(wanted.map((repository) => presentRepository(github, repository, principal)));
  return context.json(paginate(context, github.webUrl, sortRepositories(context, presented, defaultSort)));
}

function sortRepositories(context: ApiContext, items: PresentedRepository[], defaultSort: Sort): PresentedRepository[] {
  const sort = context.req.query('sort') ?? defaultSort;
  const direction = context.req.query('direction') ?? (sort === 'full_name' ? 'asc' : 'desc');
  if (!isSort(sort)) throw invalid([{ resource: 'Repository', field: 'sort', code: 'invalid' }]);
  const sign = direction === 'asc' ? 1 : -1;
  const [key] = [sorts[sort]];
  return items.toSorted((left, right) => sign * left[key].localeCompare(right[key], 'en'));
}

function isSort(text: string): text is Sort {
  return Object.hasOwn(sorts, text);
}
