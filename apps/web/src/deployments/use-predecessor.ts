'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { useEffect } from 'react';
import { useDeployments } from '@/api/deployments.ts';
import { predecessorOf } from './changes.ts';

/** The version that a deployment was to replace; null where there is none, undefined while it is looked for. */
export function usePredecessor(deployment: DeploymentView): DeploymentView | null | undefined {
  const list = useDeployments(deployment.instanceId);
  const found = predecessorOf(deployment, list.data?.pages.flatMap((page) => page.items) ?? []);
  const more = found === undefined && list.hasNextPage && !list.isFetching && !list.isError;
  const { fetchNextPage } = list;
  useEffect(() => {
    if (more) void fetchNextPage();
  }, [more, fetchNextPage]);
  if (found) return found;
  return list.isPending || list.isFetching || list.hasNextPage ? undefined : null;
}
