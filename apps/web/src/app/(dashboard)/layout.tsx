import { HydrationBoundary } from '@tanstack/react-query';
import { unwrap } from '@zarpa/api-client';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { LiveProvider } from '@/api/live.tsx';
import { queryKeys } from '@/api/query-keys.ts';
import { prefetch } from '@/api/server.ts';
import { readSession } from '@/api/session.ts';
import { Shell } from '@/shell/shell.tsx';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const state = await prefetch((api) => [
    { queryKey: queryKeys.session, queryFn: () => readSession(api) },
    { queryKey: queryKeys.github, queryFn: () => unwrap(api.client.GET('/v1/sources/github')) },
  ]);
  const collapsed = (await cookies()).get('zarpa_rail')?.value === 'collapsed';
  return (
    <HydrationBoundary state={state}>
      <LiveProvider>
        <Shell startCollapsed={collapsed}>{children}</Shell>
      </LiveProvider>
    </HydrationBoundary>
  );
}
