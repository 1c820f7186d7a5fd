'use client';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import dynamic from 'next/dynamic';
import { useOpenInstance } from '@/instance/instance-context.tsx';

const RunLog = dynamic(() => import('./run-log.tsx').then((module) => module.RunLog), {
  ssr: false,
  loading: () => <Skeleton className="min-h-96 flex-1 rounded-xl" />,
});

/** An instance's log, loaded in the browser alone: it lives on the socket and the address. */
export function LogPage() {
  const instance = useOpenInstance();
  return <RunLog instance={instance} />;
}
