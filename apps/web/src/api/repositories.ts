import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { type DetectBuildPlan, unwrap } from '@zarpa/api-client';
import { useApi } from './api-context.tsx';
import { repositoryPath } from './paths.ts';
import { queryKeys } from './query-keys.ts';

const minutesMs = 60_000;

/** Repositories of the connected account whose name has the searched text. */
export function useRepositories(search: string, enabled: boolean) {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.repositories(search),
    queryFn: ({ signal }) =>
      unwrap(api.client.GET('/v1/sources/github/repositories', { params: { query: { search } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: minutesMs,
    enabled,
  });
}

/** Branches of a repository; waits while it is undefined. */
export function useBranches(repository: string | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.branches(repository ?? ''),
    queryFn: () =>
      unwrap(
        api.client.GET('/v1/sources/github/repositories/{owner}/{name}/branches', repositoryPath(repository ?? '')),
      ),
    staleTime: minutesMs,
    enabled: repository !== undefined,
  });
}

/** Folders that look like a bot. */
export function useFolders(repository: string | undefined, branch: string | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.folders(repository ?? '', branch ?? ''),
    queryFn: () =>
      unwrap(
        api.client.GET('/v1/sources/github/repositories/{owner}/{name}/folders', {
          params: { ...repositoryPath(repository ?? '').params, query: { branch: branch ?? '' } },
        }),
      ),
    staleTime: minutesMs,
    enabled: repository !== undefined && branch !== undefined,
  });
}

/** How a repository would be built and started. */
export function useDetection(input: DetectBuildPlan | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.detection(input),
    queryFn: input
      ? ({ signal }) => unwrap(api.client.POST('/v1/sources/github/detect', { body: input, signal }))
      : skipToken,
    placeholderData: keepPreviousData,
    staleTime: minutesMs,
  });
}
