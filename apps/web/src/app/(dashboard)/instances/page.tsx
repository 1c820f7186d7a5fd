import { HydrationBoundary } from '@tanstack/react-query';
import { unwrap } from '@zarpa/api-client';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { queryKeys } from '@/api/query-keys.ts';
import { prefetch } from '@/api/server.ts';
import { InstanceList } from '@/instances/instance-list.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('instances'))('title') };
}

export default async function InstancesPage() {
  const state = await prefetch((api) => [
    { queryKey: queryKeys.instances, queryFn: () => unwrap(api.client.GET('/v1/instances')) },
  ]);
  return (
    <HydrationBoundary state={state}>
      <InstanceList />
    </HydrationBoundary>
  );
}
