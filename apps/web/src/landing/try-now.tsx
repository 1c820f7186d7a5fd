'use client';
import { Button } from '@zarpa/ui/components/button';
import { ArrowRight } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useStartSession } from '@/api/start-session.ts';
import { useErrorText } from '@/shell/use-error-text.ts';

/** Starts a session without sign-up and opens the dashboard (or the page that is open, with `stay`). */
export function TryNow({ stay = false, large = false }: { stay?: boolean; large?: boolean }) {
  const t = useTranslations('landing');
  const router = useRouter();
  const start = useStartSession();
  const errorText = useErrorText();
  return (
    <div className="flex flex-col gap-2">
      <Button
        variant="primary"
        size={large ? 'large' : 'medium'}
        pending={start.isPending}
        pendingLabel={t('starting')}
        onClick={() => start.mutate(undefined, { onSuccess: () => (stay ? undefined : router.push('/instances')) })}
      >
        {t('tryNow')}
        <ArrowRight aria-hidden />
      </Button>
      {start.isError ? (
        <p role="alert" className="max-w-72 text-fail-text text-sm">
          {errorText(start.error)}
        </p>
      ) : null}
    </div>
  );
}
