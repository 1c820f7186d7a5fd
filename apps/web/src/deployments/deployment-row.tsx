'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { Badge } from '@zarpa/ui/components/badge';
import { GitCommitHorizontal } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { TimeAgo } from '@/format/time-ago.tsx';
import { useReason } from '@/instance/use-reason.ts';
import { titleOf } from './deployment.ts';
import { DeploymentDuration } from './deployment-duration.tsx';
import { DeploymentMenu } from './deployment-menu.tsx';
import { DeploymentStatus } from './deployment-status.tsx';

/** One deployment: what was deployed, why, how it went, how long it took. */
export function DeploymentRow({ deployment, frozen }: { deployment: DeploymentView; frozen: boolean }) {
  const t = useTranslations('deployments');
  const reason = useReason();
  const { commit, status, number, trigger, current, instanceId, deploymentId } = deployment;
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-line border-t px-5 py-3 transition-colors hover:bg-raised/60 sm:grid-cols-[8rem_minmax(0,1fr)_9rem_auto]">
      <div className="max-sm:hidden">
        <DeploymentStatus status={status} />
        <p className="tabular mt-0.5 text-ink-faint text-xs">#{number}</p>
      </div>
      <div className="min-w-0">
        <p className="flex min-w-0 items-center gap-2">
          <Link
            href={`/instances/${instanceId}/deployments/${deploymentId}`}
            className="truncate font-medium text-base outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-brand focus-visible:after:outline-offset-[-2px]"
          >
            <span className="sr-only">{t('number', { number })}: </span>
            {titleOf(commit.message)}
          </Link>
          {current ? <Badge tone="running">{t('current')}</Badge> : null}
        </p>
        <p className="flex min-w-0 flex-wrap items-center gap-x-2.5 text-ink-faint text-xs">
          <span className="inline-flex items-center gap-1 font-mono">
            <GitCommitHorizontal aria-hidden className="size-3.5" strokeWidth={1.5} />
            {commit.sha.slice(0, 7)}
          </span>
          <span className="max-w-full truncate">{t('by', { author: commit.author })}</span>
          <span>{t(`trigger.${trigger}`)}</span>
        </p>
        {status === 'failed' && deployment.reason ? (
          <p className="mt-0.5 break-words text-fail-text text-xs first-letter:uppercase">
            {reason.text(deployment.reason)}
          </p>
        ) : null}
        <p className="tabular mt-1 flex flex-wrap items-center gap-x-2.5 text-ink-faint text-xs sm:hidden">
          <DeploymentStatus status={status} className="gap-1.5 text-xs" />
          <DeploymentDuration deployment={deployment} />
          <TimeAgo at={deployment.createdAt} />
        </p>
      </div>
      <div className="tabular text-right text-xs max-sm:hidden">
        <p className="text-ink-soft">
          <TimeAgo at={deployment.createdAt} />
        </p>
        <DeploymentDuration deployment={deployment} className="text-ink-faint" />
      </div>
      <DeploymentMenu deployment={deployment} frozen={frozen} />
    </li>
  );
}
