'use client';
import { useTranslations } from 'next-intl';
import { Page, PageTitle } from '@/shell/page.tsx';
import { CommandsSection } from './commands-section.tsx';
import { CreateButton } from './create-button.tsx';
import { DetectionPanel } from './detection-panel.tsx';
import { EnvironmentSection } from './environment-section.tsx';
import { PlanSection } from './plan-section.tsx';
import { SourceSection } from './source-section.tsx';
import { useNewInstance } from './use-new-instance.ts';

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
          <EnvironmentSection form={form} />
          <PlanSection form={form} />
          <CommandsSection form={form} />
        </div>
        <div className="flex flex-col gap-4 lg:sticky lg:top-20">
          <DetectionPanel form={form} />
          <CreateButton form={form} />
        </div>
      </form>
    </Page>
  );
}
