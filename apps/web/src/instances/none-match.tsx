'use client';
import { Button } from '@zarpa/ui/components/button';
import { EmptyState } from '@zarpa/ui/components/empty-state';
import { SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** Stands in the list's place when search and filter leave nothing. */
export function NoneMatch({ onClear }: { onClear: () => void }) {
  const t = useTranslations('instances.noneMatch');
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title={t('title')}
      description={t('description')}
      actions={<Button onClick={onClear}>{t('clear')}</Button>}
    />
  );
}
