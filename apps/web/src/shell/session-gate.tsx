'use client';
import { lazy, type ReactNode, Suspense } from 'react';
import { useSession } from '@/api/session.ts';
import { PageSkeleton } from './page-skeleton.tsx';

const NoSession = lazy(() => import('./no-session.tsx').then((module) => ({ default: module.NoSession })));
const ErrorView = lazy(() => import('./error-view.tsx').then((module) => ({ default: module.ErrorView })));

/** Shows the page to whoever has a session, and the way to one to everybody else. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useSession();
  if (session.data) return children;
  if (session.isPending) return <PageSkeleton />;
  return (
    <Suspense fallback={<PageSkeleton />}>
      {session.isError ? <ErrorView error={session.error} onRetry={() => void session.refetch()} /> : <NoSession />}
    </Suspense>
  );
}
