'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { Button } from '@zarpa/ui/components/button';
import { Panel, PanelBody, PanelHeader } from '@zarpa/ui/components/panel';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useDeployment } from '@/api/deployments.ts';
import { useOpenInstance } from '@/instance/instance-context.tsx';
import { useInBrowser } from '@/shell/use-in-browser.ts';
import { isOver } from './deployment.ts';
import { useChosenStep } from './use-chosen-step.ts';

const BuildLog = lazy(() => import('./build-log.tsx').then((module) => ({ default: module.BuildLog })));
const Detected = lazy(() => import('@/new-instance/detected.tsx').then((module) => ({ default: module.Detected })));
const ChangesPanel = lazy(() => import('./changes-panel.tsx').then((module) => ({ default: module.ChangesPanel })));
const DeploymentHead = lazy(() =>
  import('./deployment-head.tsx').then((module) => ({ default: module.DeploymentHead })),
);
const DeploymentTimeline = lazy(() =>
  import('./deployment-timeline.tsx').then((module) => ({ default: module.DeploymentTimeline })),
);
const Missing = lazy(() => import('@/instance/missing.tsx').then((module) => ({ default: module.Missing })));
const OutcomeNotice = lazy(() => import('./outcome-notice.tsx').then((module) => ({ default: module.OutcomeNotice })));

const logLoading = <Skeleton className="m-5 h-[26rem] rounded-lg" />;

/** One deployment: its steps as they go, what it wrote, what it changed. */
export function DeploymentPage({ deploymentId }: { deploymentId: string }) {
  const t = useTranslations('deployments.detail');
  const { instanceId } = useOpenInstance();
  const deployment = useDeployment(instanceId, deploymentId);
  if (deployment.data) return <Deployment deployment={deployment.data} />;
  if (!deployment.isError) return <Skeleton className="h-96 rounded-xl" />;
  return (
    <Suspense>
      <Missing
        error={deployment.error}
        onRetry={() => void deployment.refetch()}
        actions={
          <Button asChild>
            <Link href={`/instances/${instanceId}/deployments`}>{t('notFound')}</Link>
          </Button>
        }
      />
    </Suspense>
  );
}

function Deployment({ deployment }: { deployment: DeploymentView }) {
  const t = useTranslations('deployments.detail');
  const instance = useOpenInstance();
  const inBrowser = useInBrowser();
  const [step, choose] = useChosenStep();
  const logPanel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (step) logPanel.current?.scrollIntoView({ block: 'nearest' });
  }, [step]);
  return (
    <>
      <Suspense fallback={<Skeleton className="h-24" />}>
        <DeploymentHead deployment={deployment} frozen={instance.desiredState === 'deleted'} />
      </Suspense>
      <Suspense>
        <OutcomeNotice deployment={deployment} instance={instance} />
      </Suspense>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Panel>
          <PanelHeader title={t('stepsTitle')} description={deployment.reusedArtifact ? t('reused') : null} />
          <PanelBody>
            <Suspense fallback={<Skeleton className="h-54" />}>
              <DeploymentTimeline deployment={deployment} onStep={(name) => choose({ name })} />
            </Suspense>
          </PanelBody>
        </Panel>
        <Suspense fallback={<Skeleton className="h-40 rounded-xl" />}>
          <ChangesPanel deployment={deployment} />
        </Suspense>
      </div>
      <div ref={logPanel} className="scroll-mt-20 scroll-mb-20">
        <Panel className="overflow-hidden">
          <PanelHeader title={t('logTitle')} />
          {inBrowser ? (
            <Suspense fallback={logLoading}>
              <BuildLog key={deployment.deploymentId} deployment={deployment} step={step} />
            </Suspense>
          ) : (
            logLoading
          )}
        </Panel>
      </div>
      <Panel>
        <PanelHeader title={t('planTitle')} />
        <PanelBody>
          {deployment.buildPlan ? (
            <Suspense fallback={<Skeleton className="h-48 rounded-lg" />}>
              <Detected plan={deployment.buildPlan} />
            </Suspense>
          ) : (
            <p className="text-ink-soft text-sm">{isOver(deployment) ? t('planNone') : t('planPending')}</p>
          )}
        </PanelBody>
      </Panel>
    </>
  );
}
