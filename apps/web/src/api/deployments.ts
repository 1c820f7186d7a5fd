import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type CreateDeployment, type DeploymentView, unwrap } from '@zarpa/api-client';
import { useApi } from './api-context.tsx';
import { storeDeployment } from './cache.ts';
import { deploymentPath, instancePath } from './paths.ts';
import { queryKeys } from './query-keys.ts';

/** An instance's deployments, newest first, page by page. Kept current by the socket. */
export function useDeployments(id: string) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: queryKeys.deployments(id),
    queryFn: ({ pageParam }) =>
      unwrap(
        api.client.GET('/v1/instances/{instanceId}/deployments', {
          params: { path: { instanceId: id }, query: pageParam === undefined ? {} : { cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** One deployment. Kept current by the socket. */
export function useDeployment(id: string, deploymentId: string) {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.deployment(id, deploymentId),
    queryFn: () =>
      unwrap(api.client.GET('/v1/instances/{instanceId}/deployments/{deploymentId}', deploymentPath(id, deploymentId))),
  });
}

/** What was pushed to the instance's repository and what came of it. Kept current by the socket. */
export function usePushes(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.pushes(id),
    queryFn: () => unwrap(api.client.GET('/v1/instances/{instanceId}/pushes', instancePath(id))),
  });
}

/** Deploys the branch's newest commit, a given commit, or the running one again with new variables. */
export function useCreateDeployment(id: string) {
  const api = useApi();
  return useDeploymentMutation((body: CreateDeployment) =>
    unwrap(api.client.POST('/v1/instances/{instanceId}/deployments', { ...instancePath(id), body })),
  );
}

/** Puts an older version back into operation. */
export function useRollback(id: string) {
  const api = useApi();
  return useDeploymentMutation((deploymentId: string) =>
    unwrap(
      api.client.POST(
        '/v1/instances/{instanceId}/deployments/{deploymentId}/rollback',
        deploymentPath(id, deploymentId),
      ),
    ),
  );
}

/** Stops a deployment that has not ended. */
export function useCancelDeployment(id: string) {
  const api = useApi();
  return useDeploymentMutation((deploymentId: string) =>
    unwrap(
      api.client.POST('/v1/instances/{instanceId}/deployments/{deploymentId}/cancel', deploymentPath(id, deploymentId)),
    ),
  );
}

function useDeploymentMutation<Input>(mutationFn: (input: Input) => Promise<DeploymentView>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: (deployment) => storeDeployment(client, deployment) });
}
