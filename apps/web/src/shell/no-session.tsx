'use client';
import { EmptyState } from '@zarpa/ui/components/empty-state';
import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { TryNow } from '@/landing/try-now.tsx';

/** The way to a session for a browser that has none. */
export function NoSession() {
  const t = useTranslations('shell.noSession');
  return (
    <EmptyState
      className="my-auto"
      icon={<KeyRound aria-hidden />}
      title={t('title')}
      description={t('description')}
      actions={<TryNow stay />}
    />
  );
}
