import { HydrationBoundary } from '@tanstack/react-query';
import { unwrap } from '@zarpa/api-client';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { queryKeys } from '@/api/query-keys.ts';
import { prefetch } from '@/api/server.ts';
import { SettingsPage } from '@/instance-settings/settings-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('tabs.settings') };
}

export default async function InstanceSettingsPage() {
  const state = await prefetch((api) => [
    {
      queryKey: queryKeys.plans,
      queryFn: async () => (await unwrap(api.client.GET('/v1/plans'))).items,
    },
  ]);
  return (
    <HydrationBoundary state={state}>
      <SettingsPage />
    </HydrationBoundary>
  );
}
