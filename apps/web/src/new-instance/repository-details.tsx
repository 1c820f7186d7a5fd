'use client';
import { Field } from '@zarpa/ui/components/field';
import { Input } from '@zarpa/ui/components/input';
import { useTranslations } from 'next-intl';
import { BranchField } from './branch-field.tsx';
import { FolderField } from './folder-field.tsx';
import type { NewInstanceForm } from './use-new-instance.ts';

/** Branch, folder and name, once a repository is chosen. */
export function RepositoryDetails({ form }: { form: NewInstanceForm }) {
  const t = useTranslations('newInstance.source');
  return (
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
  );
}
