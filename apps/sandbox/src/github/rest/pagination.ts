import type { ApiContext } from './environment.ts';

export interface Page {
  readonly number: number;
  readonly size: number;
  readonly skip: number;
}

/** GitHub reads nonsense as the default and takes at most 100 per page. */
export function readPage(context: ApiContext): Page {
  const size = Math.min(readNumber(context.req.query('per_page'), 30), 100);
  const number = readNumber(context.req.query('page'), 1);
  return { number, size, skip: (number - 1) * size };
}

/** One page of a complete list, with the `Link` header set. */
export function paginate<T>(context: ApiContext, webUrl: string, items: readonly T[]): T[] {
  const page = readPage(context);
  setLinks(context, webUrl, items.length);
  return items.slice(page.skip, page.skip + page.size);
}

export function setLinks(context: ApiContext, webUrl: string, total: number): void {
  const { number, size } = readPage(context);
  const last = Math.max(1, Math.ceil(total / size));
  const links = [
    ...(number > 1 ? [link(context, webUrl, { page: Math.min(number - 1, last) }, 'prev')] : []),
    ...(number < last ? [link(context, webUrl, { page: number + 1 }, 'next')] : []),
    ...(number < last ? [link(context, webUrl, { page: last }, 'last')] : []),
    ...(number > 1 ? [link(context, webUrl, { page: 1 }, 'first')] : []),
  ];
  if (links.length > 0) context.header('link', links.join(', '));
}

export function link(context: ApiContext, webUrl: string, query: Record<string, string | number>, rel: string): string {
  const { pathname, search } = new URL(context.req.url);
  const url = new URL(webUrl);
  url.pathname = pathname;
  url.search = search;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return `<${url.href}>; rel="${rel}"`;
}

function readNumber(text: string | undefined, fallback: number): number {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : fallback;
}
