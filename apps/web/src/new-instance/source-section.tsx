'use client';
import { Field } from '@zarpa/ui/components/field';
import { Input } from '@zarpa/ui/components/input';
import { SegmentedTabs } from '@zarpa/ui/components/tabs';
import { Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { BranchField } from './branch-field.tsx';
import { FolderField } from './folder-field.tsx';
import { GithubMark } from './github-mark.tsx';
import { PublicAddress } from './public-address.tsx';
import { RepositoryPicker } from './repository-picker.tsx';
import { Section } from './section.tsx';
import type { NewInstanceForm } from './use-new-instance.ts';

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
            content: <PublicAddress form={form} />,
          },
        ]}
      />
      {form.draft.repository === undefined ? null : (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <BranchField form={form} />
            <FolderField form={form} />
          </div>
          <Field label={t('name')} hint={t('nameHint')}>
            {(control) => (
              <Input
                {...control}
                value={form.name}
                maxLength={60}
                required
                autoComplete="off"
                onChange={(event) => form.change({ name: event.target.value })}
              />
            )}
          </Field>
        </>
      )}
    </Section>
  );
}
