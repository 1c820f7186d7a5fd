import { HydrationBoundary } from '@tanstack/react-query';
import { unwrap } from '@zarpa/api-client';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { instancePath } from '@/api/paths.ts';
import { queryKeys } from '@/api/query-keys.ts';
import { prefetch } from '@/api/server.ts';
import { VariablesPage } from '@/environment/variables-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('tabs.environment') };
}

export default async function EnvironmentPage({ params }: { params: Promise<{ instanceId: string }> }) {
  const { instanceId } = await params;
  const state = await prefetch((api) => [
    {
      queryKey: queryKeys.variables(instanceId),
      queryFn: () => unwrap(api.client.GET('/v1/instances/{instanceId}/variables', instancePath(instanceId))),
    },
  ]);
  return (
    <HydrationBoundary state={state}>
      <VariablesPage />
    </HydrationBoundary>
  );
}
