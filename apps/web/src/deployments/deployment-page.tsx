'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { Button } from '@zarpa/ui/components/button';
import { Panel, PanelBody, PanelHeader } from '@zarpa/ui/components/panel';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useDeployment } from '@/api/deployments.ts';
import { useOpenInstance } from '@/instance/instance-context.tsx';
import { Missing } from '@/instance/missing.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import { isOver } from './deployment.ts';
import { DeploymentHead } from './deployment-head.tsx';
import { DeploymentTimeline } from './deployment-timeline.tsx';
import { OutcomeNotice } from './outcome-notice.tsx';

const BuildLog = dynamic(() => import('./build-log.tsx'), {
  ssr: false,
  loading: () => <Skeleton className="m-5 h-[26rem] rounded-lg" />,
});

const Detected = dynamic(() => import('@/new-instance/detected.tsx').then((module) => module.Detected), {
  ssr: false,
  loading: () => <Skeleton className="h-48 rounded-lg" />,
});

/** One deployment: its steps as they go, what it wrote, what it changed. */
export function DeploymentPage({ deploymentId }: { deploymentId: string }) {
  const t = useTranslations('deployments.detail');
  const { instanceId } = useOpenInstance();
  const deployment = useDeployment(instanceId, deploymentId);
  if (deployment.data) return <Deployment deployment={deployment.data} />;
  if (!deployment.isError) return <Skeleton className="h-96 rounded-xl" />;
  return (
    <Missing
      error={deployment.error}
      onRetry={() => void deployment.refetch()}
      actions={
        <Button asChild>
          <Link href={`/instances/${instanceId}/deployments`}>{t('notFound')}</Link>
        </Button>
      }
    />
  );
}

function Deployment({ deployment }: { deployment: DeploymentView }) {
  const t = useTranslations('deployments.detail');
  const instance = useOpenInstance();
  return (
    <>
      <DeploymentHead deployment={deployment} frozen={instance.desiredState === 'deleted'} />
      <OutcomeNotice deployment={deployment} instance={instance} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Panel>
          <PanelHeader title={t('stepsTitle')} description={deployment.reusedArtifact ? t('reused') : null} />
          <PanelBody>
            <DeploymentTimeline deployment={deployment} />
          </PanelBody>
        </Panel>
        <ChangesPanel deployment={deployment} />
      </div>
      <Panel className="overflow-hidden">
        <PanelHeader title={t('logTitle')} />
        <BuildLog key={deployment.deploymentId} deployment={deployment} />
      </Panel>
      <Panel>
        <PanelHeader title={t('planTitle')} />
        <PanelBody>
          {deployment.buildPlan ? (
            <Detected plan={deployment.buildPlan} />
          ) : (
            <p className="text-ink-soft text-sm">{isOver(deployment) ? t('planNone') : t('planPending')}</p>
          )}
        </PanelBody>
      </Panel>
    </>
  );
}
