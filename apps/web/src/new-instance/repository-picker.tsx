'use client';
import { Button } from '@zarpa/ui/components/button';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { useTranslations } from 'next-intl';
import { lazy, Suspense } from 'react';
import { useConnectGithub } from '@/api/github-connection.ts';
import { useErrorText } from '@/shell/use-error-text.ts';
import { GithubMark } from './github-mark.tsx';
import type { NewInstanceForm } from './use-new-instance.ts';

const ConnectedPicker = lazy(() =>
  import('./connected-picker.tsx').then((module) => ({ default: module.ConnectedPicker })),
);

/** Repositories of the connected GitHub account, or the way to connect one. */
export function RepositoryPicker({ form }: { form: NewInstanceForm }) {
  const { data: github, isPending } = form.github;
  if (isPending) return <Skeleton className="h-control" />;
  return github?.connected ? (
    <Suspense fallback={<Skeleton className="h-control" />}>
      <ConnectedPicker form={form} login={github.login} />
    </Suspense>
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
