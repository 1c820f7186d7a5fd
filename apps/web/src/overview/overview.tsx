'use client';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { cn } from '@zarpa/ui/lib/cn';
import { lazy, Suspense } from 'react';
import { useOpenInstance } from '@/instance/instance-context.tsx';
import { needsAttention } from '@/instance/state.ts';
import { CurrentVersion } from './current-version.tsx';
import { Facts } from './facts.tsx';

const Charts = lazy(() => import('./charts.tsx').then((module) => ({ default: module.Charts })));
const LastLines = lazy(() => import('./last-lines.tsx').then((module) => ({ default: module.LastLines })));
const QrCard = lazy(() => import('./qr-card.tsx').then((module) => ({ default: module.QrCard })));
const RedeployNotice = lazy(() =>
  import('./redeploy-notice.tsx').then((module) => ({ default: module.RedeployNotice })),
);
const RunningDeployment = lazy(() =>
  import('./running-deployment.tsx').then((module) => ({ default: module.RunningDeployment })),
);

/** How the instance is: what needs its owner first, then what it runs and what it uses. */
export function Overview() {
  const instance = useOpenInstance();
  const { latestDeployment, desiredState } = instance;
  const unfinished = latestDeployment !== null && latestDeployment.finishedAt === null;
  const restartsAfterCrash = instance.state === 'starting' && instance.restarts > 0;
  const attention = needsAttention(instance) || restartsAfterCrash;
  const lines =
    desiredState === 'running' ? (
      <Suspense fallback={<Skeleton className="h-64 rounded-xl" />}>
        <LastLines instance={instance} wrapped={attention} />
      </Suspense>
    ) : null;
  const beside = attention ? null : lines;
  return (
    <>
      <Suspense>{instance.qr ? <QrCard name={instance.name} qr={instance.qr} /> : null}</Suspense>
      <Suspense>
        {instance.redeployNeeded && desiredState !== 'deleted' ? <RedeployNotice instance={instance} /> : null}
      </Suspense>
      {attention ? lines : null}
      <Suspense>{unfinished ? <RunningDeployment deployment={latestDeployment} /> : null}</Suspense>
      <Facts instance={instance} />
      <div className={cn('grid gap-5', beside && 'lg:grid-cols-2')}>
        <CurrentVersion instance={instance} />
        {beside}
      </div>
      <Suspense fallback={<Skeleton className="h-80 rounded-xl" />}>
        <Charts instance={instance} />
      </Suspense>
    </>
  );
}
