'use client';
import { Spinner } from '@zarpa/ui/components/spinner';
import { WifiOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { useLive } from '@/api/live.tsx';

/** Says that what is shown may be old, and why; goes away by itself. */
export function ConnectionBar() {
  const t = useTranslations('shell');
  const { status } = useLive();
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  if (online && status !== 'away') return null;
  return (
    <div
      role="status"
      className="sticky top-14 z-20 flex animate-fade items-center justify-center gap-2 border-warn/40 border-b bg-[color-mix(in_oklch,var(--warn)_18%,var(--background))] px-4 py-1.5 text-ink text-sm"
    >
      {online ? (
        <Spinner className="size-3.5 shrink-0" />
      ) : (
        <WifiOff aria-hidden className="size-4 shrink-0" strokeWidth={1.5} />
      )}
      {online ? t('reconnecting') : t('offline')}
    </div>
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
