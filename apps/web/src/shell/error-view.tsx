'use client';
import { Button } from '@zarpa/ui/components/button';
import { EmptyState } from '@zarpa/ui/components/empty-state';
import { CloudOff, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ApiProblem, isUnreachable } from '@/api/problem.ts';
import { useErrorText } from './use-error-text.ts';

/** What stands in a page's place when its data could not be had: what happened and what to do. */
export function ErrorView({ error, onRetry, actions }: { error: unknown; onRetry?: () => void; actions?: ReactNode }) {
  const t = useTranslations('problem');
  const text = useErrorText();
  const problem = error instanceof ApiProblem && !isUnreachable(error) ? error : undefined;
  return (
    <EmptyState
      className="my-auto"
      icon={problem ? <TriangleAlert aria-hidden /> : <CloudOff aria-hidden />}
      title={problem?.title ?? t('unreachableTitle')}
      description={text(error)}
      actions={
        <>
          {onRetry ? <Button onClick={onRetry}>{t('retry')}</Button> : null}
          {actions}
        </>
      }
    >
      {problem?.correlationId && problem.status >= 500 ? (
        <p className="font-mono text-ink-faint text-xs">{t('reference', { id: problem.correlationId })}</p>
      ) : null}
    </EmptyState>
  );
}
