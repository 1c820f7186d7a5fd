import type { ApiCalls } from './api.ts';

/** A client whose code arrives with its first call: the first paint has its data already. A failed arrival is tried again by the next call. */
export function lateClient(load: () => Promise<ApiCalls>): ApiCalls {
  const late = <M extends keyof ApiCalls>(method: M) =>
    (async (...call: Parameters<ApiCalls[M]>) => {
      const client = await load();
      return Reflect.apply(client[method], client, call);
    }) as ApiCalls[M];
  return { GET: late('GET'), POST: late('POST'), PUT: late('PUT'), PATCH: late('PATCH'), DELETE: late('DELETE') };
}
