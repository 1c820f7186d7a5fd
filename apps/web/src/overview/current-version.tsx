'use client';
import type { InstanceView } from '@zarpa/api-client';
import { Button } from '@zarpa/ui/components/button';
import { Panel, PanelBody, PanelHeader } from '@zarpa/ui/components/panel';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { TimeAgo } from '@/format/time-ago.tsx';

/** The version in operation: who wrote what, and when it was deployed. */
export function CurrentVersion({ instance }: { instance: InstanceView }) {
  const t = useTranslations('overview.version');
  const deployment = instance.currentDeployment;
  const base = `/instances/${instance.instanceId}/deployments`;
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        actions={
          <Button asChild variant="quiet" size="small">
            <Link href={base}>{t('all')}</Link>
          </Button>
        }
      />
      <PanelBody>
        {deployment === null ? (
          <p className="text-ink-soft text-sm">{t('none')}</p>
        ) : (
          <div className="flex flex-col gap-1.5 text-sm">
            <Link
              href={`${base}/${deployment.deploymentId}`}
              className="break-words font-medium text-base hover:underline"
            >
              {deployment.commit.message.split('\n', 1)[0]}
            </Link>
            <p className="text-ink-soft">
              {t('by', { author: deployment.commit.author, number: deployment.number })}{' '}
              <TimeAgo at={deployment.createdAt} />
            </p>
            <p className="flex flex-wrap gap-x-3 font-mono text-ink-faint text-xs">
              <span>{deployment.commit.sha.slice(0, 7)}</span>
              <span>{deployment.branch}</span>
              {deployment.buildPlan?.startCommand ? <span>{deployment.buildPlan.startCommand}</span> : null}
            </p>
          </div>
        )}
      </PanelBody>
    </Panel>
  );
}
