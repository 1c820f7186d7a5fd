import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type UpdateVariables, unwrap } from '@zarpa/api-client';
import { useApi } from './api-context.tsx';
import { instancePath } from './paths.ts';
import { queryKeys } from './query-keys.ts';

/** Names of an instance's variables; values come only one by one, when asked for. */
export function useVariables(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.variables(id),
    queryFn: () => unwrap(api.client.GET('/v1/instances/{instanceId}/variables', instancePath(id))),
  });
}

/** Saves variables. Nothing that runs changes until the next deployment. */
export function useUpdateVariables(id: string) {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateVariables) =>
      unwrap(api.client.PATCH('/v1/instances/{instanceId}/variables', { ...instancePath(id), body })),
    onSuccess: (list) => client.setQueryData(queryKeys.variables(id), list),
  });
}

/** Reads one value in clear. Never kept. */
export function useRevealVariable(id: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (name: string) =>
      unwrap(
        api.client.POST('/v1/instances/{instanceId}/variables/{name}/reveal', {
          params: { path: { instanceId: id, name } },
        }),
      ),
    gcTime: 0,
  });
}
