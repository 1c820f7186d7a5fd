import { type ApiClient, createApiClient } from '@zarpa/api-client';

/** Where the API is and how it is asked. */
export interface ApiOptions {
  baseUrl: string;
  /** Answers come in this language. */
  locale: string;
  /** The caller's cookies, on the server alone; browsers send theirs. */
  cookie?: string;
  timeoutMs?: number;
}

/** The methods that the API is asked with. */
export type ApiCalls = Pick<ApiClient, 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'>;

/** The API at an address, in a language: `unwrap(api.client.GET(…))`. */
export interface Api {
  baseUrl: string;
  client: ApiCalls;
}

const defaultTimeoutMs = 20_000;

/** Every call is given up after `timeoutMs`, so nothing ever spins for good. */
export function createApi({ baseUrl, locale, cookie, timeoutMs = defaultTimeoutMs }: ApiOptions): Api {
  const headers = { 'accept-language': locale, ...(cookie ? { cookie } : {}) };
  const fetchInTime = (request: Request) => {
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
    return fetch(request, { signal, cache: 'no-store' });
  };
  return { baseUrl, client: createApiClient({ baseUrl, headers, fetch: fetchInTime }) };
}
