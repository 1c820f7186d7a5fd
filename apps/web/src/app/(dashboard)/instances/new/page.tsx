import { HydrationBoundary } from '@tanstack/react-query';
import { unwrap } from '@zarpa/api-client';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { queryKeys } from '@/api/query-keys.ts';
import { prefetch } from '@/api/server.ts';
import { NewInstance } from '@/new-instance/new-instance.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('newInstance') };
}

export default async function NewInstancePage({
  searchParams,
}: {
  searchParams: Promise<{ repository?: string | string[] }>;
}) {
  const { repository } = await searchParams;
  const state = await prefetch((api) => [
    { queryKey: queryKeys.plans, queryFn: async () => (await unwrap(api.client.GET('/v1/plans'))).items },
    { queryKey: queryKeys.instances, queryFn: () => unwrap(api.client.GET('/v1/instances')) },
  ]);
  return (
    <HydrationBoundary state={state}>
      <NewInstance repository={typeof repository === 'string' ? repository : undefined} />
    </HydrationBoundary>
  );
}
