'use client';
import type { InstanceView, PushView } from '@zarpa/api-client';
import { Panel, PanelBody, PanelHeader } from '@zarpa/ui/components/panel';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { StateMark, type StateTone } from '@zarpa/ui/components/state-badge';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { usePushes } from '@/api/deployments.ts';
import { TimeAgo } from '@/format/time-ago.tsx';
import { useErrorText } from '@/shell/use-error-text.ts';
import { titleOf } from './deployment.ts';

/** What was pushed to the repository and what came of it. */
export function PushLog({ instance }: { instance: InstanceView }) {
  const t = useTranslations('deployments.pushes');
  const errorText = useErrorText();
  const pushes = usePushes(instance.instanceId);
  return (
    <Panel>
      <PanelHeader title={t('title')} description={t('description')} />
      {pushes.isPending ? <Skeleton className="mx-5 mb-5 h-12 rounded-lg" /> : null}
      {pushes.isError ? <PanelBody className="text-fail-text text-sm">{errorText(pushes.error)}</PanelBody> : null}
      {pushes.data?.items.length === 0 ? <PanelBody className="text-ink-soft text-sm">{t('none')}</PanelBody> : null}
      <ul aria-label={t('title')} aria-live="polite" aria-relevant="additions">
        {pushes.data?.items.map((push) => (
          <PushRow key={`${push.deliveryId} ${push.commit.sha}`} push={push} instanceId={instance.instanceId} />
        ))}
      </ul>
    </Panel>
  );
}

function toneOf(outcome: PushView['outcome']): StateTone {
  if (outcome === 'failed') return 'fail';
  return outcome === 'deployed' || outcome === 'replaced_waiting' ? 'running' : 'idle';
}

function PushRow({ push, instanceId }: { push: PushView; instanceId: string }) {
  const t = useTranslations('deployments');
  const outcome = t(`pushes.outcome.${push.outcome}`, { branch: push.branch });
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-3 border-line border-t px-5 py-2.5 text-sm sm:grid-cols-[auto_minmax(0,1fr)_auto]">
      <StateMark tone={toneOf(push.outcome)} className="mt-1" />
      <div className="min-w-0">
        <p className="break-words">
          {push.deploymentId === null ? (
            outcome
          ) : (
            <Link
              href={`/instances/${instanceId}/deployments/${push.deploymentId}`}
              className="underline-offset-4 hover:underline"
            >
              {outcome}
            </Link>
          )}
        </p>
        <p className="truncate text-ink-faint text-xs">
          <span className="font-mono">{push.commit.sha.slice(0, 7)}</span> {titleOf(push.commit.message)}{' '}
          {t('by', { author: push.commit.author })}
        </p>
        {push.via === 'poll' ? <p className="text-ink-faint text-xs">{t('pushes.poll')}</p> : null}
      </div>
      <TimeAgo at={push.receivedAt} className="tabular text-ink-faint text-xs max-sm:col-start-2" />
    </li>
  );
}
