'use client';
import { EmptyState } from '@zarpa/ui/components/empty-state';
import { FileQuestionMark } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { hasCode } from '@/api/problem.ts';
import { ErrorView } from '@/shell/error-view.tsx';

/** What stands in a page's place when what its address names can't be had: it is not there, or asking failed. */
export function Missing({ error, onRetry, actions }: { error: unknown; onRetry: () => void; actions: ReactNode }) {
  const t = useTranslations('problem');
  if (hasCode(error, 'instance_not_found', 'deployment_not_found'))
    return <ErrorView error={error} actions={actions} />;
  if (!hasCode(error, 'invalid_input')) return <ErrorView error={error} onRetry={onRetry} actions={actions} />;
  return (
    <EmptyState
      className="my-auto"
      icon={<FileQuestionMark aria-hidden />}
      title={t('pageNotFoundTitle')}
      description={t('pageNotFound')}
      actions={actions}
    />
  );
}
