'use client';
import type { BuildPlan } from '@zarpa/api-client';
import { CodeBlock } from '@zarpa/ui/components/code-block';
import { EmptyState } from '@zarpa/ui/components/empty-state';
import { Notice } from '@zarpa/ui/components/notice';
import { Panel } from '@zarpa/ui/components/panel';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { Spinner } from '@zarpa/ui/components/spinner';
import { ChevronRight, ScanSearch } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useErrorText } from '@/shell/use-error-text.ts';
import { DetectionFailure } from './detection-failure.tsx';
import { Findings } from './findings.tsx';
import type { NewInstanceForm } from './use-new-instance.ts';

/** What was recognised in the repository, why, and what will be run. Follows every choice. */
export function DetectionPanel({ form }: { form: NewInstanceForm }) {
  const t = useTranslations('newInstance.detection');
  const errorText = useErrorText();
  const { detection, draft, branches } = form;
  const waiting =
    draft.repository !== undefined && !branches.isError && detection.data === undefined && !detection.isError;
  return (
    <Panel aria-live="polite" aria-busy={detection.isFetching}>
      <header className="flex items-center justify-between px-5 pt-4">
        <h2 className="font-semibold text-base">{t('title')}</h2>
        {detection.isFetching ? <Spinner className="appear-late text-ink-faint" /> : null}
      </header>
      <div className="px-5 pt-3 pb-5">
        {draft.repository === undefined ? (
          <EmptyState
            className="px-2 py-8"
            icon={<ScanSearch aria-hidden />}
            title={t('emptyTitle')}
            description={t('empty')}
          />
        ) : null}
        {waiting ? <DetectionSkeleton /> : null}
        {draft.repository !== undefined && branches.isError ? (
          <Notice tone="fail">{errorText(branches.error)}</Notice>
        ) : null}
        {detection.isError ? <Notice tone="fail">{errorText(detection.error)}</Notice> : null}
        {draft.repository !== undefined && detection.data?.failure ? (
          <DetectionFailure failure={detection.data.failure} />
        ) : null}
        {draft.repository !== undefined && detection.data?.plan ? <Detected plan={detection.data.plan} /> : null}
      </div>
    </Panel>
  );
}

function Detected({ plan }: { plan: BuildPlan }) {
  const t = useTranslations('newInstance.detection');
  const common = useTranslations('common');
  const commands = [
    { key: 'install', command: plan.installCommand },
    { key: 'build', command: plan.buildCommand },
    { key: 'start', command: plan.startCommand },
  ] as const;
  return (
    <div className="flex flex-col gap-4">
      <p className="font-medium text-lg">
        {t(`runtimes.${plan.runtime}`)}
        {plan.runtimeVersion === null ? null : ` ${plan.runtimeVersion}`}
        {plan.packageManager === null ? null : (
          <span className="font-normal text-ink-soft"> · {plan.packageManager}</span>
        )}
      </p>
      <dl className="flex flex-col gap-2 rounded-lg border border-line bg-raised/50 p-3.5 text-sm">
        {commands.map(({ key, command }) => (
          <div key={key} className="grid grid-cols-[5rem_minmax(0,1fr)] items-baseline gap-3">
            <dt className="text-ink-faint text-xs">{t(key)}</dt>
            <dd className={command === null ? 'text-ink-faint' : 'break-words font-mono text-sm'}>
              {command ?? (key === 'start' ? t('fromImage') : t('nothing'))}
            </dd>
          </div>
        ))}
      </dl>
      <Findings findings={plan.findings} />
      <details className="group">
        <summary className="flex list-none items-center gap-1.5 rounded-md text-ink-soft text-sm hover:text-ink [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-4 text-ink-faint transition-transform group-open:rotate-90" />
          {t('dockerfile')}
        </summary>
        <CodeBlock
          className="mt-2"
          title="Dockerfile"
          code={plan.dockerfile}
          copyLabel={common('copy')}
          copiedLabel={common('copied')}
        />
      </details>
    </div>
  );
}

function DetectionSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-6 w-40" />
      <Skeleton className="h-28 rounded-lg" />
      <Skeleton className="w-4/5" />
      <Skeleton className="w-3/5" />
    </div>
  );
}
