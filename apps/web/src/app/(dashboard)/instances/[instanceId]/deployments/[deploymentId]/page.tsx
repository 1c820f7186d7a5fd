import { HydrationBoundary } from '@tanstack/react-query';
import { unwrap } from '@zarpa/api-client';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { deploymentPath } from '@/api/paths.ts';
import { queryKeys } from '@/api/query-keys.ts';
import { prefetch } from '@/api/server.ts';
import { DeploymentPage } from '@/deployments/deployment-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('tabs.deployments') };
}

export default async function InstanceDeploymentPage({
  params,
}: {
  params: Promise<{ instanceId: string; deploymentId: string }>;
}) {
  const { instanceId, deploymentId } = await params;
  const path = deploymentPath(instanceId, deploymentId);
  const state = await prefetch((api) => [
    {
      queryKey: queryKeys.deployment(instanceId, deploymentId),
      queryFn: () => unwrap(api.client.GET('/v1/instances/{instanceId}/deployments/{deploymentId}', path)),
    },
  ]);
  return (
    <HydrationBoundary state={state}>
      <DeploymentPage deploymentId={deploymentId} />
    </HydrationBoundary>
  );
}
