'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { Badge } from '@zarpa/ui/components/badge';
import { Button } from '@zarpa/ui/components/button';
import { ArrowLeft, CircleX, ExternalLink, GitBranch, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { lazy, Suspense, useState } from 'react';
import { TimeAgo } from '@/format/time-ago.tsx';
import { isOver, titleOf } from './deployment.ts';
import { DeploymentDuration } from './deployment-duration.tsx';
import { DeploymentStatus } from './deployment-status.tsx';
import { useCancel } from './use-deploy.ts';

const RollbackDialog = lazy(() =>
  import('./rollback-dialog.tsx').then((module) => ({ default: module.RollbackDialog })),
);

/** What was deployed, by whom, how it stands, and what can be done with it. */
export function DeploymentHead({ deployment, frozen }: { deployment: DeploymentView; frozen: boolean }) {
  const t = useTranslations('deployments');
  const { number, status, commit, current, trigger, instanceId } = deployment;
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        <Link
          href={`/instances/${instanceId}/deployments`}
          className="inline-flex items-center gap-1.5 rounded-md text-ink-soft text-xs hover:text-ink"
        >
          <ArrowLeft aria-hidden className="size-3.5" strokeWidth={1.5} />
          {t('detail.back')}
        </Link>
        <h2 className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold text-xl">
          {t('number', { number })}
          <DeploymentStatus status={status} />
          {current ? <Badge tone="running">{t('current')}</Badge> : null}
        </h2>
        <p className="mt-1 break-words text-base">{titleOf(commit.message)}</p>
        <p className="tabular mt-1 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-ink-faint text-xs">
          <CommitLink deployment={deployment} />
          <span className="inline-flex items-center gap-1">
            <GitBranch aria-hidden className="size-3.5" strokeWidth={1.5} />
            {deployment.branch}
          </span>
          <span>{t('by', { author: commit.author })}</span>
          <span>{t(`trigger.${trigger}`)}</span>
          <TimeAgo at={deployment.createdAt} />
          <DeploymentDuration deployment={deployment} />
        </p>
      </div>
      <Actions deployment={deployment} frozen={frozen} />
    </header>
  );
}

function CommitLink({ deployment: { commit } }: { deployment: DeploymentView }) {
  const t = useTranslations('deployments.detail');
  const sha = commit.sha.slice(0, 7);
  if (commit.url === null) return <span className="font-mono">{sha}</span>;
  return (
    <a
      href={commit.url}
      target="_blank"
      rel="noreferrer"
      title={t('viewCommit')}
      className="inline-flex items-center gap-1 font-mono hover:text-ink"
    >
      {sha}
      <ExternalLink aria-hidden className="size-3" strokeWidth={1.5} />
    </a>
  );
}

function Actions({ deployment, frozen }: { deployment: DeploymentView; frozen: boolean }) {
  const t = useTranslations('deployments');
  const cancel = useCancel(deployment.instanceId);
  const [asking, ask] = useState(false);
  if (!isOver(deployment)) {
    return (
      <Button
        variant="danger"
        pending={cancel.pending}
        pendingLabel={t('canceling')}
        onClick={() => cancel.run(deployment)}
      >
        <CircleX aria-hidden />
        {t('cancel')}
      </Button>
    );
  }
  if (!deployment.canRollback || frozen) return null;
  return (
    <>
      <Button onClick={() => ask(true)}>
        <Undo2 aria-hidden />
        {t('rollback')}
      </Button>
      <Suspense>{asking ? <RollbackDialog deployment={deployment} open onOpenChange={ask} /> : null}</Suspense>
    </>
  );
}
