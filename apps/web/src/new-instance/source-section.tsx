'use client';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { SegmentedTabs } from '@zarpa/ui/components/tabs';
import { Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { lazy, Suspense, useState } from 'react';
import { GithubMark } from './github-mark.tsx';
import { RepositoryPicker } from './repository-picker.tsx';
import { Section } from './section.tsx';
import type { NewInstanceForm } from './use-new-instance.ts';

const PublicAddress = lazy(() => import('./public-address.tsx').then((module) => ({ default: module.PublicAddress })));
const RepositoryDetails = lazy(() =>
  import('./repository-details.tsx').then((module) => ({ default: module.RepositoryDetails })),
);

/** Where the code is: repository, branch, folder, and what the instance is called. */
export function SourceSection({ form }: { form: NewInstanceForm }) {
  const t = useTranslations('newInstance.source');
  const [tab, setTab] = useState<string>();
  const usual = form.github.data?.connected === false && form.draft.repository !== undefined ? 'address' : 'github';
  return (
    <Section title={t('title')} description={t('description')}>
      <SegmentedTabs
        label={t('title')}
        value={tab ?? usual}
        onValueChange={setTab}
        tabs={[
          {
            value: 'github',
            label: (
              <>
                <GithubMark /> GitHub
              </>
            ),
            content: <RepositoryPicker form={form} />,
          },
          {
            value: 'address',
            label: (
              <>
                <Link2 aria-hidden /> {t('address')}
              </>
            ),
            content: (
              <Suspense fallback={<Skeleton className="h-control" />}>
                <PublicAddress form={form} />
              </Suspense>
            ),
          },
        ]}
      />
      {form.draft.repository === undefined ? null : (
        <Suspense fallback={<Skeleton className="h-44" />}>
          <RepositoryDetails form={form} />
        </Suspense>
      )}
    </Section>
  );
}
