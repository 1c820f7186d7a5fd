import { useQuery } from '@tanstack/react-query';
import { unwrap } from '@zarpa/api-client';
import { useApi } from './api-context.tsx';
import { queryKeys } from './query-keys.ts';

const minutesMs = 60_000;

/** Whether GitHub is connected, and whether the sandbox stands for it. */
export function useGithub(enabled = true) {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.github,
    queryFn: () => unwrap(api.client.GET('/v1/sources/github')),
    staleTime: minutesMs,
    enabled,
  });
}
