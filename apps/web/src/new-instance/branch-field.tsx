'use client';
import { Combobox } from '@zarpa/ui/components/combobox';
import { Field } from '@zarpa/ui/components/field';
import { GitBranch } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '@/shell/use-error-text.ts';
import type { NewInstanceForm } from './use-new-instance.ts';

/** The branch whose newest commit is deployed. */
export function BranchField({ form }: { form: Pick<NewInstanceForm, 'branches' | 'branch' | 'change'> }) {
  const t = useTranslations('newInstance.source');
  const errorText = useErrorText();
  const [search, setSearch] = useState('');
  const { branches, branch, change } = form;
  const found = (branches.data?.items ?? []).filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  return (
    <Field label={t('branch')} hint={t('branchHint')} error={branches.isError ? errorText(branches.error) : undefined}>
      {(control) => (
        <Combobox
          {...control}
          value={branch}
          display={branch}
          disabled={!branches.data}
          onSelect={(name) => change({ branch: name })}
          search={search}
          onSearchChange={setSearch}
          loading={branches.isFetching}
          placeholder={branches.isFetching ? t('searchingBranches') : t('chooseBranch')}
          searchPlaceholder={t('searchBranches')}
          emptyText={t('noBranches')}
          options={found.map(({ name, sha }) => ({
            value: name,
            label: name,
            icon: <GitBranch aria-hidden />,
            note: <span className="font-mono">{sha.slice(0, 7)}</span>,
          }))}
        />
      )}
    </Field>
  );
}
