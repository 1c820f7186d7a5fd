import { useQuery } from '@tanstack/react-query';
import { unwrap } from '@zarpa/api-client';
import { useApi } from './api-context.tsx';
import { queryKeys } from './query-keys.ts';

/** The plans on offer, cheapest first. */
export function usePlans() {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.plans,
    queryFn: async () => (await unwrap(api.client.GET('/v1/plans'))).items,
    staleTime: 300_000,
  });
}
