import { useMutation, useQueryClient } from '@tanstack/react-query';
import { unwrap } from '@zarpa/api-client';
import { useApi } from './api-context.tsx';
import { queryKeys } from './query-keys.ts';

/** Starts a session without sign-up; keeps the one that is there. */
export function useStartSession() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.client.POST('/v1/session')),
    onSuccess: (session) => client.setQueryData(queryKeys.session, session),
  });
}
