'use client';
import { cn } from '@zarpa/ui/lib/cn';
import { useOpenInstance } from '@/instance/instance-context.tsx';
import { needsAttention } from '@/instance/state.ts';
import { Charts } from './charts.tsx';
import { CurrentVersion } from './current-version.tsx';
import { Facts } from './facts.tsx';
import { LastLines } from './last-lines.tsx';
import { QrCard } from './qr-card.tsx';
import { RedeployNotice } from './redeploy-notice.tsx';
import { RunningDeployment } from './running-deployment.tsx';

/** How the instance is: what needs its owner first, then what it runs and what it uses. */
export function Overview() {
  const instance = useOpenInstance();
  const { latestDeployment, desiredState } = instance;
  const unfinished = latestDeployment !== null && latestDeployment.finishedAt === null;
  const attention = needsAttention(instance);
  const lines = desiredState === 'running' ? <LastLines instance={instance} wrapped={attention} /> : null;
  const beside = attention ? null : lines;
  return (
    <>
      {instance.qr ? <QrCard name={instance.name} qr={instance.qr} /> : null}
      {instance.redeployNeeded && desiredState !== 'deleted' ? <RedeployNotice instance={instance} /> : null}
      {attention ? lines : null}
      {unfinished ? <RunningDeployment deployment={latestDeployment} /> : null}
      <Facts instance={instance} />
      <div className={cn('grid gap-5', beside && 'lg:grid-cols-2')}>
        <CurrentVersion instance={instance} />
        {beside}
      </div>
      <Charts instance={instance} />
    </>
  );
}
