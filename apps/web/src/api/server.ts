import { dehydrate, QueryClient } from '@tanstack/react-query';
import { cookies } from 'next/headers';
import { getLocale } from 'next-intl/server';
import { settings } from '../settings.ts';
import { type Api, createApi } from './api.ts';

const firstPaintTimeoutMs = 1_500;

/** The API on behalf of the caller, for the first paint. It gives up early: the browser asks again. */
export async function serverApi(): Promise<Api> {
  const { API_INTERNAL_URL, API_PUBLIC_URL } = settings();
  const [jar, locale] = await Promise.all([cookies(), getLocale()]);
  const baseUrl = API_INTERNAL_URL ?? API_PUBLIC_URL;
  return createApi({ baseUrl, locale, cookie: jar.toString(), timeoutMs: firstPaintTimeoutMs });
}

/** Asks for what a page shows first, so that it arrives with its data. What fails is left to the browser. */
export async function prefetch(
  queries: (api: Api) => readonly { queryKey: readonly unknown[]; queryFn: () => Promise<unknown> }[],
) {
  const client = new QueryClient();
  const api = await serverApi();
  await Promise.all(queries(api).map((query) => client.prefetchQuery({ ...query, retry: false })));
  return dehydrate(client);
}
