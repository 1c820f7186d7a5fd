'use client';
import { EmptyState } from '@zarpa/ui/components/empty-state';
import { Panel } from '@zarpa/ui/components/panel';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { Spinner } from '@zarpa/ui/components/spinner';
import { ScanSearch } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { lazy, Suspense } from 'react';
import { useErrorText } from '@/shell/use-error-text.ts';
import type { NewInstanceForm } from './use-new-instance.ts';

const Detected = lazy(() => import('./detected.tsx').then((module) => ({ default: module.Detected })));
const DetectionFailure = lazy(() =>
  import('./detection-failure.tsx').then((module) => ({ default: module.DetectionFailure })),
);

const Notice = lazy(() => import('@zarpa/ui/components/notice').then((module) => ({ default: module.Notice })));

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
        <Suspense>
          {draft.repository !== undefined && branches.isError ? (
            <Notice tone="fail">{errorText(branches.error)}</Notice>
          ) : null}
          {detection.isError ? <Notice tone="fail">{errorText(detection.error)}</Notice> : null}
        </Suspense>
        {draft.repository === undefined ? null : (
          <Suspense fallback={<DetectionSkeleton />}>
            {detection.data?.failure ? <DetectionFailure failure={detection.data.failure} /> : null}
            {detection.data?.plan ? <Detected plan={detection.data.plan} /> : null}
          </Suspense>
        )}
      </div>
    </Panel>
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
