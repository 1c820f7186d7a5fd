import { useQuery } from '@tanstack/react-query';
import { unwrap } from '@zarpa/api-client';
import { useApi } from './api-context.tsx';
import { deploymentPath } from './paths.ts';
import { queryKeys } from './query-keys.ts';

/** A finished build's whole output. While it still builds, `useLiveLog` with `kind: 'build'` has it live. */
export function useBuildLog(id: string, deploymentId: string, enabled: boolean) {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.buildLog(id, deploymentId),
    queryFn: () =>
      unwrap(
        api.client.GET('/v1/instances/{instanceId}/deployments/{deploymentId}/log', deploymentPath(id, deploymentId)),
      ),
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  });
}
