'use client';
import { Button } from '@zarpa/ui/components/button';
import { Combobox } from '@zarpa/ui/components/combobox';
import { Field } from '@zarpa/ui/components/field';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { Book, Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useConnectGithub, useDisconnectGithub, useRepositories } from '@/api/github.ts';
import { TimeAgo } from '@/format/time-ago.tsx';
import { useErrorText } from '@/shell/use-error-text.ts';
import { GithubMark } from './github-mark.tsx';
import type { NewInstanceForm } from './use-new-instance.ts';
import { useSettled } from './use-settled.ts';

const typingPauseMs = 250;

/** Repositories of the connected GitHub account, or the way to connect one. */
export function RepositoryPicker({ form }: { form: NewInstanceForm }) {
  const { data: github, isPending } = form.github;
  if (isPending) return <Skeleton className="h-control" />;
  return github?.connected ? (
    <Picker form={form} login={github.login} />
  ) : (
    <Connect sandbox={github?.sandbox ?? false} />
  );
}

function Connect({ sandbox }: { sandbox: boolean }) {
  const t = useTranslations('newInstance.source');
  const connect = useConnectGithub();
  const errorText = useErrorText();
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-lg border border-line-strong border-dashed px-4 py-4">
      <p className="min-w-0 flex-1 basis-60 text-ink-soft text-sm">
        {sandbox ? t('connectSandbox') : t('connectHint')}
      </p>
      <Button
        pending={connect.isPending || connect.isSuccess}
        pendingLabel={t('connecting')}
        onClick={() => connect.mutate()}
      >
        <GithubMark />
        {t('connect')}
      </Button>
      {connect.isError ? (
        <p role="alert" className="w-full text-fail-text text-sm">
          {errorText(connect.error)}
        </p>
      ) : null}
    </div>
  );
}

function Picker({ form, login }: { form: NewInstanceForm; login: string | null }) {
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
