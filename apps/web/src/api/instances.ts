import { useQuery } from '@tanstack/react-query';
import { unwrap } from '@zarpa/api-client';
import { useApi } from './api-context.tsx';
import { instancePath } from './paths.ts';
import { queryKeys } from './query-keys.ts';

/** All instances of the owner, also the deleted ones that can still be restored. Kept current by the socket. */
export function useInstances() {
  const api = useApi();
  return useQuery({ queryKey: queryKeys.instances, queryFn: () => unwrap(api.client.GET('/v1/instances')) });
}

/** One instance. Kept current by the socket. */
export function useInstance(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.instance(id),
    queryFn: () => unwrap(api.client.GET('/v1/instances/{instanceId}', instancePath(id))),
  });
}
