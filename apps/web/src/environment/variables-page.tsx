'use client';
import { Button } from '@zarpa/ui/components/button';
import { EmptyState } from '@zarpa/ui/components/empty-state';
import { Notice } from '@zarpa/ui/components/notice';
import { Panel, PanelBody, PanelHeader } from '@zarpa/ui/components/panel';
import { Skeleton } from '@zarpa/ui/components/skeleton';
import { FileText, KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useOpenInstance } from '@/instance/instance-context.tsx';
import { SaveBar } from '@/instance/save-bar.tsx';
import { VariableRows } from '@/new-instance/variable-rows.tsx';
import { RedeployNotice } from '@/overview/redeploy-notice.tsx';
import { ErrorView } from '@/shell/error-view.tsx';
import { hasProblem, mergeFile } from './edits.ts';
import { FileDialog } from './file-dialog.tsx';
import { SavedVariable } from './saved-variable.tsx';
import { useVariablePage, type VariablePage } from './use-variable-page.ts';

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
    return <ErrorView error={page.list.error} onRetry={() => void page.list.refetch()} />;
  }
  const redeploy = data !== undefined && (data.redeployNeeded || instance.redeployNeeded);
  return (
    <>
      {redeploy && !frozen ? <RedeployNotice instance={instance} /> : null}
      {frozen ? <Notice>{t('deletedHint')}</Notice> : null}
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
        {data ? <Saved page={page} frozen={frozen} /> : null}
        {data && !frozen ? <Added page={page} saved={saved} /> : null}
      </Panel>
      <SaveBar
        changes={page.changes}
        pending={page.saving}
        blocked={hasProblem(page.edits)}
        problem={page.problem}
        onSave={page.save}
        onDiscard={page.discard}
      />
      <FileDialog
        open={pasting}
        onOpenChange={paste}
        saved={saved}
        onUse={(variables) => page.setEdits(mergeFile(page.edits, saved, variables))}
      />
    </>
  );
}

function Saved({ page, frozen }: { page: VariablePage; frozen: boolean }) {
  const t = useTranslations('environment');
  const data = page.list.data;
  if (!data) return null;
  const empty = data.items.length === 0 && page.edits.added.length === 0;
  return (
    <>
      {empty ? (
        <EmptyState className="py-8" icon={<KeyRound aria-hidden />} title={t('emptyTitle')} description={t('empty')} />
      ) : null}
      <ul aria-label={t('listLabel')}>
        {data.items.map((variable) => (
          <SavedVariable key={variable.name} variable={variable} page={page} frozen={frozen} />
        ))}
      </ul>
      {data.removed.length > 0 ? (
        <p className="border-line border-t px-5 py-3 text-ink-soft text-xs">
          {t('stillLive', { names: data.removed.join(', ') })}
        </p>
      ) : null}
    </>
  );
}

function Added({ page, saved }: { page: VariablePage; saved: readonly string[] }) {
  const t = useTranslations('environment');
  const { added } = page.edits;
  const again = added.map(({ name }) => name).filter((name) => saved.includes(name));
  return (
    <PanelBody className="border-line border-t pt-4">
      {added.length > 0 ? <h3 className="mb-2 font-medium text-sm">{t('newTitle')}</h3> : null}
      <VariableRows rows={added} onChange={(rows) => page.setEdits({ ...page.edits, added: rows })} />
      {again.length > 0 ? (
        <p className="mt-2 text-warn-text text-xs">{t('willReplace', { names: again.join(', ') })}</p>
      ) : null}
    </PanelBody>
  );
}
