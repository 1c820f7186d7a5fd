'use client';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { useTranslations } from 'next-intl';
import { lazy, Suspense } from 'react';
import { Page, PageTitle } from '@/shell/page.tsx';
import { CreateButton } from './create-button.tsx';
import { DetectionPanel } from './detection-panel.tsx';
import { PlanSection } from './plan-section.tsx';
import { SourceSection } from './source-section.tsx';
import { useNewInstance } from './use-new-instance.ts';

const EnvironmentSection = lazy(() =>
  import('./environment-section.tsx').then((module) => ({ default: module.EnvironmentSection })),
);
const CommandsSection = lazy(() =>
  import('./commands-section.tsx').then((module) => ({ default: module.CommandsSection })),
);

/** One page from a repository to a running bot: choices at the left, what follows from them at the right. */
export function NewInstance({ repository }: { repository: string | undefined }) {
  const t = useTranslations('newInstance');
  const form = useNewInstance(repository);
  return (
    <Page>
      <PageTitle title={t('title')} description={t('description')} />
      <form
        className="grid items-start gap-6 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit();
        }}
      >
        <div className="flex flex-col gap-4">
          <SourceSection form={form} />
          <Suspense fallback={<Skeleton className="h-44 rounded-xl" />}>
            <EnvironmentSection form={form} />
          </Suspense>
          <PlanSection form={form} />
          <Suspense fallback={<Skeleton className="h-14 rounded-xl" />}>
            <CommandsSection form={form} />
          </Suspense>
        </div>
        <div className="flex flex-col gap-4 lg:sticky lg:top-20">
          <DetectionPanel form={form} />
          <CreateButton form={form} />
        </div>
      </form>
    </Page>
  );
}
