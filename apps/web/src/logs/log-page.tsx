'use client';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { lazy, Suspense } from 'react';
import { useOpenInstance } from '@/instance/instance-context.tsx';
import { useInBrowser } from '@/shell/use-in-browser.ts';

const RunLog = lazy(() => import('./run-log.tsx').then((module) => ({ default: module.RunLog })));

/** An instance's log, loaded in the browser alone: it lives on the socket and the address. */
export function LogPage() {
  const instance = useOpenInstance();
  const loading = <Skeleton className="min-h-96 flex-1 rounded-xl" />;
  return useInBrowser() ? (
    <Suspense fallback={loading}>
      <RunLog instance={instance} />
    </Suspense>
  ) : (
    loading
  );
}
