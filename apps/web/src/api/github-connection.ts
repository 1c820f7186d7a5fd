import { useMutation, useQueryClient } from '@tanstack/react-query';
import { unwrap } from '@zarpa/api-client';
import { useApi } from './api-context.tsx';
import { queryKeys } from './query-keys.ts';

/** Leads to GitHub's page, from where the API sends the browser back to the new instance. */
export function useConnectGithub() {
  const api = useApi();
  return useMutation({
    mutationFn: () => unwrap(api.client.POST('/v1/sources/github/connect')),
    onSuccess: ({ authorizeUrl }) => window.location.assign(authorizeUrl),
  });
}

/** Forgets the connection. */
export function useDisconnectGithub() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.client.DELETE('/v1/sources/github')),
    onSuccess: async () => {
      await Promise.all(
        [queryKeys.github, queryKeys.session].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
  });
}
