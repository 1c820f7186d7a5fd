import { useQuery } from '@tanstack/react-query';
import { type SessionView, unwrap } from '@zarpa/api-client';
import type { Api } from './api.ts';
import { useApi } from './api-context.tsx';
import { hasCode } from './problem.ts';
import { queryKeys } from './query-keys.ts';

/** Asks who is here; null where nobody is yet. */
export function readSession(api: Api): Promise<SessionView | null> {
  return unwrap(api.client.GET('/v1/session')).catch((error: unknown) => {
    if (hasCode(error, 'not_authenticated')) return null;
    throw error;
  });
}

/** Who is here; null where nobody is yet. */
export function useSession() {
  const api = useApi();
  return useQuery({ queryKey: queryKeys.session, queryFn: () => readSession(api), staleTime: 60_000 });
}
