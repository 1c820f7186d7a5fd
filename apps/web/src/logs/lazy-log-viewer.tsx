'use client';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import dynamic from 'next/dynamic';

/** Where lines will be. */
export const LogSkeleton = () => <Skeleton className="h-full min-h-96 rounded-xl" />;

/** The log viewer, loaded when a page needs it. */
export const LazyLogViewer = dynamic(
  () => import('@zarpa/ui/components/log-viewer').then(({ LogViewer }) => LogViewer),
  { ssr: false, loading: LogSkeleton },
);
