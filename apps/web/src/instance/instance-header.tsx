'use client';
import type { InstanceView } from '@zarpa/api-client';
import { StateBadge } from '@zarpa/ui/components/state-badge';
import { ExternalLink, GitBranch } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { lazy, Suspense } from 'react';
import { useMetrics } from '@/api/metrics.ts';
import { needsAttention, toneOf } from './state.ts';
import { StateSentence } from './state-sentence.tsx';
import { useReason } from './use-reason.ts';

const InstanceActions = lazy(() =>
  import('./instance-actions.tsx').then((module) => ({ default: module.InstanceActions })),
);

/** Name, state as a sentence, and the one action that fits it. */
export function InstanceHeader({ instance }: { instance: InstanceView }) {
  const words = useTranslations('state.words');
  const reason = useReason();
  const runs = instance.state === 'running';
  const sample = useMetrics(instance.instanceId, '1h', runs).data?.points.at(-1);
  const { repository, branch, rootDirectory, url } = instance.source;
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 flex-1 basis-72">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <h1 className="min-w-0 break-words font-semibold text-2xl">{instance.name}</h1>
          <StateBadge tone={toneOf(instance)}>{words(instance.state)}</StateBadge>
        </div>
        <p className="tabular mt-1 text-base text-ink-soft" aria-live="polite">
          <StateSentence instance={instance} usedBytes={runs ? (sample?.memoryBytes ?? null) : null} />
          {needsAttention(instance) && instance.reason ? ` ${reason.todo(instance.reason)}` : null}
        </p>
        <p className="mt-2 flex min-w-0 flex-wrap items-center gap-x-1.5 text-ink-faint text-xs">
          <GitBranch aria-hidden className="size-3.5 shrink-0" strokeWidth={1.5} />
          {url ? (
            <a href={url} target="_blank" rel="noreferrer" className="inline-flex items-center gap-1 hover:text-ink">
              {repository}
              <ExternalLink aria-hidden className="size-3" strokeWidth={1.5} />
            </a>
          ) : (
            repository
          )}
          <span className="text-ink-soft">@ {branch}</span>
          {rootDirectory === '' ? null : <span className="font-mono">/ {rootDirectory}</span>}
        </p>
      </div>
      <Suspense fallback={<span className="size-control" />}>
        <InstanceActions instance={instance} />
      </Suspense>
    </header>
  );
}
