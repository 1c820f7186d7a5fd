'use client';
import { Button } from '@zarpa/ui/components/button';
import { ArrowRight } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useStartSession } from '@/api/start-session.ts';
import { useErrorText } from '@/shell/use-error-text.ts';
import { useMounted } from '@/shell/use-mounted.ts';

/** Starts a session without sign-up and opens the dashboard (or the page that is open, with `stay`). */
export function TryNow({ stay = false, large = false }: { stay?: boolean; large?: boolean }) {
  const t = useTranslations('landing');
  const router = useRouter();
  const start = useStartSession();
  const errorText = useErrorText();
  const isMounted = useMounted();
  const begin = async () => {
    try {
      await start.mutateAsync();
      if (!stay && isMounted()) router.push('/instances');
    } catch {
      // Said below the button.
    }
  };
  return (
    <div className="flex flex-col gap-2">
      <Button
        variant="primary"
        size={large ? 'large' : 'medium'}
        pending={start.isPending}
        pendingLabel={t('starting')}
        onClick={() => void begin()}
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
