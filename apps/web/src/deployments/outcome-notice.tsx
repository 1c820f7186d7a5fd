'use client';
import type { DeploymentView, InstanceView } from '@zarpa/api-client';
import { Notice } from '@zarpa/ui/components/notice';
import { useTranslations } from 'next-intl';
import { useReason } from '@/instance/use-reason.ts';

/** How a deployment ended, where it did not succeed: what happened, what it means for the bot, what to do. */
export function OutcomeNotice({ deployment, instance }: { deployment: DeploymentView; instance: InstanceView }) {
  const t = useTranslations('deployments.detail');
  const reason = useReason();
  const { status } = deployment;
  if (status !== 'failed' && status !== 'superseded' && status !== 'cancelled') return null;
  const older = instance.currentDeployment;
  const oldRuns = older?.current && instance.state === 'running' && older.number < deployment.number;
  return (
    <Notice tone={status === 'failed' ? 'fail' : 'info'} title={t(`${status}Title`)}>
      {status === 'failed' && deployment.reason ? (
        <p>
          <span className="inline-block first-letter:uppercase">{reason.text(deployment.reason)}</span>{' '}
          {reason.todo(deployment.reason)}
        </p>
      ) : null}
      {oldRuns ? <p>{t('oldRuns')}</p> : null}
    </Notice>
  );
}
