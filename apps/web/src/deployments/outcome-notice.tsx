'use client';
import type { DeploymentView, InstanceView } from '@zarpa/api-client';
import { Button } from '@zarpa/ui/components/button';
import { Notice } from '@zarpa/ui/components/notice';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useReason } from '@/instance/use-reason.ts';

/** How a deployment ended: what happened, what it means for the bot, and where to go on. */
export function OutcomeNotice({ deployment, instance }: { deployment: DeploymentView; instance: InstanceView }) {
  const t = useTranslations('deployments.detail');
  const reason = useReason();
  const { status } = deployment;
  if (status === 'succeeded' && deployment.current && instance.state === 'running') return <Live instance={instance} />;
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

/** The version is in operation: the next look is at the bot, above all where it waits for a scan. */
function Live({ instance }: { instance: InstanceView }) {
  const t = useTranslations('deployments.detail');
  const next = instance.qr ? 'qr' : 'running';
  return (
    <Notice
      title={t(`live.${next}`)}
      actions={
        <Button asChild variant="primary" size="small">
          <Link href={`/instances/${instance.instanceId}`}>{t(`live.${next}Open`)}</Link>
        </Button>
      }
    />
  );
}
