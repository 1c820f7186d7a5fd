import { HydrationBoundary } from '@tanstack/react-query';
import { unwrap } from '@zarpa/api-client';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { instancePath } from '@/api/paths.ts';
import { queryKeys } from '@/api/query-keys.ts';
import { prefetch } from '@/api/server.ts';
import { DeploymentsPage } from '@/deployments/deployments-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('tabs.deployments') };
}

export default async function InstanceDeploymentsPage({ params }: { params: Promise<{ instanceId: string }> }) {
  const { instanceId } = await params;
  const state = await prefetch((api) => [
    {
      queryKey: queryKeys.pushes(instanceId),
      queryFn: () => unwrap(api.client.GET('/v1/instances/{instanceId}/pushes', instancePath(instanceId))),
    },
    {
      queryKey: queryKeys.deployments(instanceId),
      queryFn: async () => ({
        pages: [await unwrap(api.client.GET('/v1/instances/{instanceId}/deployments', instancePath(instanceId)))],
        pageParams: [undefined],
      }),
    },
  ]);
  return (
    <HydrationBoundary state={state}>
      <DeploymentsPage />
    </HydrationBoundary>
  );
}
