'use client';
import { EmptyState } from '@zarpa/ui/components/empty-state';
import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useSession } from '@/api/session.ts';
import { TryNow } from '@/landing/try-now.tsx';
import { ErrorView } from './error-view.tsx';
import { PageSkeleton } from './page-skeleton.tsx';

/** Shows the page to whoever has a session, and the way to one to everybody else. */
export function SessionGate({ children }: { children: ReactNode }) {
  const t = useTranslations('shell');
  const session = useSession();
  if (session.data) return children;
  if (session.isPending) return <PageSkeleton />;
  if (session.isError) return <ErrorView error={session.error} onRetry={() => void session.refetch()} />;
  return (
    <EmptyState
      className="my-auto"
      icon={<KeyRound aria-hidden />}
      title={t('noSession.title')}
      description={t('noSession.description')}
      actions={<TryNow stay />}
    />
  );
}
