'use client';
import { Button } from '@zarpa/ui/components/button';
import { Panel, PanelHeader } from '@zarpa/ui/components/panel';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { lazy, Suspense, useState } from 'react';
import { useOpenInstance } from '@/instance/instance-context.tsx';
import { hasProblem, mergeFile } from './edits.ts';
import { useVariablePage } from './use-variable-page.ts';

const ErrorView = lazy(() => import('@/shell/error-view.tsx').then((module) => ({ default: module.ErrorView })));
const FileDialog = lazy(() => import('./file-dialog.tsx').then((module) => ({ default: module.FileDialog })));
const NewVariables = lazy(() => import('./new-variables.tsx').then((module) => ({ default: module.NewVariables })));
const Notice = lazy(() => import('@zarpa/ui/components/notice').then((module) => ({ default: module.Notice })));
const SaveBar = lazy(() => import('@/instance/save-bar.tsx').then((module) => ({ default: module.SaveBar })));
const SavedVariables = lazy(() =>
  import('./saved-variables.tsx').then((module) => ({ default: module.SavedVariables })),
);
const RedeployNotice = lazy(() =>
  import('@/overview/redeploy-notice.tsx').then((module) => ({ default: module.RedeployNotice })),
);

/** The instance's environment: names in sight, values hidden, changes saved together. */
export function VariablesPage() {
  const instance = useOpenInstance();
  const t = useTranslations('environment');
  const page = useVariablePage(instance);
  const [pasting, paste] = useState(false);
  const frozen = instance.desiredState === 'deleted';
  const data = page.list.data;
  const saved = data?.items.map(({ name }) => name) ?? [];
  if (page.list.isError && !data) {
    return (
      <Suspense>
        <ErrorView error={page.list.error} onRetry={() => void page.list.refetch()} />
      </Suspense>
    );
  }
  const redeploy = data !== undefined && (data.redeployNeeded || instance.redeployNeeded);
  return (
    <>
      <Suspense>{redeploy && !frozen ? <RedeployNotice instance={instance} /> : null}</Suspense>
      <Suspense>{frozen ? <Notice>{t('deletedHint')}</Notice> : null}</Suspense>
      <Panel>
        <PanelHeader
          title={t('title')}
          description={t('description')}
          actions={
            frozen ? null : (
              <Button onClick={() => paste(true)}>
                <FileText aria-hidden />
                {t('paste')}
              </Button>
            )
          }
        />
        {data === undefined ? <Skeleton className="mx-5 mb-5 h-40 rounded-lg" /> : null}
        <Suspense fallback={<Skeleton className="mx-5 mb-5 h-40 rounded-lg" />}>
          {data ? <SavedVariables page={page} frozen={frozen} /> : null}
          {data && !frozen ? <NewVariables page={page} saved={saved} /> : null}
        </Suspense>
      </Panel>
      <Suspense>
        <SaveBar
          changes={page.changes}
          pending={page.saving}
          blocked={hasProblem(page.edits)}
          problem={page.problem}
          onSave={page.save}
          onDiscard={page.discard}
        />
      </Suspense>
      <Suspense>
        {pasting ? (
          <FileDialog
            open
            onOpenChange={paste}
            saved={saved}
            onUse={(variables) => page.setEdits(mergeFile(page.edits, saved, variables))}
          />
        ) : null}
      </Suspense>
    </>
  );
}
