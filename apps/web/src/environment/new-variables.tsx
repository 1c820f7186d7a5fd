'use client';
import { PanelBody } from '@zarpa/ui/components/panel';
import { useTranslations } from 'next-intl';
import { VariableRows } from '@/new-instance/variable-rows.tsx';
import type { VariablePage } from './use-variable-page.ts';

/** Variables to be added, a row each. */
export function NewVariables({ page, saved }: { page: VariablePage; saved: readonly string[] }) {
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
