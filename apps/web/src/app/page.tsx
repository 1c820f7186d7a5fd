import { HydrationBoundary } from '@tanstack/react-query';
import { queryKeys } from '@/api/query-keys.ts';
import { prefetch } from '@/api/server.ts';
import { readSession } from '@/api/session.ts';
import { Landing } from '@/landing/landing.tsx';

export default async function LandingPage() {
  const state = await prefetch((api) => [{ queryKey: queryKeys.session, queryFn: () => readSession(api) }]);
  return (
    <HydrationBoundary state={state}>
      <Landing />
    </HydrationBoundary>
  );
}
