'use client';
import type { DeploymentView } from '@zarpa/api-client';
import { StateMark, type StateTone } from '@zarpa/ui/components/state-badge';
import { cn } from '@zarpa/ui/lib/cn';
import { useTranslations } from 'next-intl';
import { TimeAgo } from '@/format/time-ago.tsx';

const tones: Record<DeploymentView['status'], StateTone | null> = {
  queued: 'busy',
  building: 'busy',
  starting: 'busy',
  succeeded: null,
  failed: 'fail',
  superseded: null,
  cancelled: null,
};

/** The newest deployment: the commit's first line, who and when. */
export function RowDeployment({ deployment, className }: { deployment: DeploymentView | null; className?: string }) {
  const t = useTranslations('instances');
  if (!deployment) return <span className={cn('text-ink-faint text-sm', className)}>{t('noDeploy')}</span>;
  const tone = tones[deployment.status];
  return (
    <div className={cn('min-w-0', className)}>
      <p className="flex items-center gap-1.5 text-sm">
        {tone ? <StateMark tone={tone} className="size-2.5" /> : null}
        <span className="truncate">{deployment.commit.message.split('\n')[0]}</span>
      </p>
      <p className="truncate text-ink-faint text-xs">
        <TimeAgo at={deployment.createdAt} /> {t('by', { author: deployment.commit.author })}
      </p>
    </div>
  );
}
