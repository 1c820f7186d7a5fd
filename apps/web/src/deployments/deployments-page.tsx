'use client';
import { Button } from '@zarpa/ui/components/button';
import { EmptyState } from '@zarpa/ui/components/empty-state';
import { Panel, PanelHeader } from '@zarpa/ui/components/panel';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { Rocket } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { lazy, Suspense } from 'react';
import { useDeployments } from '@/api/deployments.ts';
import { useOpenInstance } from '@/instance/instance-context.tsx';
import { useDeployNewest } from './use-deploy.ts';

const ErrorView = lazy(() => import('@/shell/error-view.tsx').then((module) => ({ default: module.ErrorView })));
const DeploymentRow = lazy(() => import('./deployment-row.tsx').then((module) => ({ default: module.DeploymentRow })));
const PushLog = lazy(() => import('./push-log.tsx').then((module) => ({ default: module.PushLog })));

/** Every version that was tried, and every push that was seen. */
export function DeploymentsPage() {
  const instance = useOpenInstance();
  const t = useTranslations('deployments');
  const deploy = useDeployNewest(instance.instanceId);
  const frozen = instance.desiredState === 'deleted';
  return (
    <>
      <Panel>
        <PanelHeader
          title={t('title')}
          description={t('description')}
          actions={
            frozen ? null : (
              <Button onClick={deploy.run} pending={deploy.pending} pendingLabel={t('deploying')}>
                <Rocket aria-hidden />
                {t('deployNewest')}
              </Button>
            )
          }
        />
        <Suspense fallback={<Skeleton className="mx-5 mb-5 h-40 rounded-lg" />}>
          <List instanceId={instance.instanceId} frozen={frozen} />
        </Suspense>
      </Panel>
      <Suspense fallback={<Skeleton className="h-32 rounded-xl" />}>
        <PushLog instance={instance} />
      </Suspense>
    </>
  );
}

function List({ instanceId, frozen }: { instanceId: string; frozen: boolean }) {
  const t = useTranslations('deployments');
  const list = useDeployments(instanceId);
  if (list.isPending) return <Skeleton className="mx-5 mb-5 h-40 rounded-lg" />;
  if (!list.data) return <ErrorView error={list.error} onRetry={() => void list.refetch()} />;
  const deployments = list.data.pages.flatMap((page) => page.items);
  if (deployments.length === 0) {
    return <EmptyState icon={<Rocket aria-hidden />} title={t('emptyTitle')} description={t('empty')} />;
  }
  return (
    <>
      <ul aria-label={t('listLabel')}>
        {deployments.map((deployment) => (
          <DeploymentRow key={deployment.deploymentId} deployment={deployment} frozen={frozen} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <div className="border-line border-t p-3 text-center">
          <Button
            variant="quiet"
            pending={list.isFetchingNextPage}
            pendingLabel={t('loadingMore')}
            onClick={() => void list.fetchNextPage()}
          >
            {t('loadMore')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
