'use client';
import { EmptyState } from '@zarpa/ui/components/empty-state';
import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { SavedVariable } from './saved-variable.tsx';
import type { VariablePage } from './use-variable-page.ts';

/** All saved variables, and those that only the version in operation still has. */
export function SavedVariables({ page, frozen }: { page: VariablePage; frozen: boolean }) {
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
