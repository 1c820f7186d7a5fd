'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { Button } from '@zarpa/ui/components/button';
import { Panel, PanelBody, PanelHeader } from '@zarpa/ui/components/panel';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { DeploymentTimeline } from '@/deployments/deployment-timeline.tsx';

/** The deployment on its way, step by step. */
export function RunningDeployment({ deployment }: { deployment: DeploymentView }) {
  const t = useTranslations('overview.deploying');
  return (
    <Panel>
      <PanelHeader
        title={t('title', { number: deployment.number })}
        description={deployment.commit.message.split('\n', 1)[0]}
        actions={
          <Button asChild size="small">
            <Link href={`/instances/${deployment.instanceId}/deployments/${deployment.deploymentId}`}>
              {t('watch')}
            </Link>
          </Button>
        }
      />
      <PanelBody>
        <DeploymentTimeline deployment={deployment} />
      </PanelBody>
    </Panel>
  );
}
