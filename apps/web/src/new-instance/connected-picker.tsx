'use client';
import { Button } from '@zarpa/ui/components/button';
import { Combobox } from '@zarpa/ui/components/combobox';
import { Field } from '@zarpa/ui/components/field';
import { Book, Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useDisconnectGithub } from '@/api/github-connection.ts';
import { useRepositories } from '@/api/repositories.ts';
import { TimeAgo } from '@/format/time-ago.tsx';
import { useErrorText } from '@/shell/use-error-text.ts';
import type { NewInstanceForm } from './use-new-instance.ts';
import { useSettled } from './use-settled.ts';

const typingPauseMs = 250;

/** Repositories of the connected GitHub account. */
export function ConnectedPicker({ form, login }: { form: NewInstanceForm; login: string | null }) {
  const t = useTranslations('newInstance.source');
  const errorText = useErrorText();
  const [search, setSearch] = useState('');
  const repositories = useRepositories(useSettled(search, typingPauseMs), true);
  const { repository } = form.draft;
  return (
    <div className="flex flex-col gap-1.5">
      <Field label={t('repository')} error={repositories.isError ? errorText(repositories.error) : undefined}>
        {(control) => (
          <Combobox
            {...control}
            value={repository}
            display={repository}
            onSelect={(value) => form.change({ repository: value, branch: undefined, rootDirectory: undefined })}
            search={search}
            onSearchChange={setSearch}
            loading={repositories.isFetching}
            placeholder={t('choose')}
            searchPlaceholder={t('searchRepositories')}
            emptyText={t('noRepositories')}
            options={(repositories.data?.items ?? []).map((item) => ({
              value: item.repository,
              label: item.repository,
              icon: item.private ? <Lock aria-label={t('private')} /> : <Book aria-hidden />,
              note: item.pushedAt === null ? item.language : <TimeAgo at={item.pushedAt} />,
            }))}
          />
        )}
      </Field>
      <Connected login={login} />
    </div>
  );
}

/** Whose repositories these are, and the way to let go of them. */
function Connected({ login }: { login: string | null }) {
  const t = useTranslations('newInstance.source');
  const errorText = useErrorText();
  const disconnect = useDisconnectGithub();
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-ink-faint text-xs">
      {login === null ? null : t('connectedAs', { login })}
      <Button
        variant="quiet"
        size="small"
        pending={disconnect.isPending}
        pendingLabel={t('disconnecting')}
        onClick={() => disconnect.mutate()}
      >
        {t('disconnect')}
      </Button>
      {disconnect.isError ? (
        <span role="alert" className="text-fail-text">
          {errorText(disconnect.error)}
        </span>
      ) : null}
    </p>
  );
}
