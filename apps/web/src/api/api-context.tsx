'use client';
import { useLocale } from 'next-intl';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Api, ApiOptions } from './api.ts';
import { lateClient } from './late-client.ts';

const ApiContext = createContext<Api | null>(null);

/** Gives the API's address, which the server knows, to every hook below. */
export function ApiProvider({ baseUrl, children }: { baseUrl: string; children: ReactNode }) {
  const locale = useLocale();
  const api = useMemo(() => lateApi({ baseUrl, locale }), [baseUrl, locale]);
  return <ApiContext value={api}>{children}</ApiContext>;
}

function lateApi(options: ApiOptions): Api {
  const load = async () => (await import('./api.ts')).createApi(options).client;
  return { baseUrl: options.baseUrl, client: lateClient(load) };
}

/** The API. Pages use the hooks beside this file instead. */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('useApi needs an ApiProvider above it');
  return api;
}
