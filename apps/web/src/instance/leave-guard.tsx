'use client';
import { AlertDialog } from '@zarpa/ui/components/alert-dialog';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { guardPage } from '@/shell/leaving.ts';
import { guardHistory } from './guard-history.ts';
import { guardLinks } from './guard-links.ts';

/** Asks before a page with unsaved changes is left: by a link, the browser's back, a command, or by closing it. */
export function LeaveGuard({ unsaved }: { unsaved: boolean }) {
  const t = useTranslations('settings.bar.leave');
  const router = useRouter();
  const [leave, ask] = useState<(() => void) | null>(null);

  useEffect(() => {
    if (!unsaved) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', onUnload);
    const history = guardHistory(() => leaveBy(history.goBack));
    const leaveBy = (go: () => void) =>
      ask(() => () => {
        window.removeEventListener('beforeunload', onUnload);
        history.release();
        go();
      });
    const stopAsking = guardPage((go) => leaveBy(() => go('replace')));
    const stopLinks = guardLinks((href, inside) =>
      leaveBy(() => (inside ? router.replace(href) : window.location.replace(href))),
    );
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      stopAsking();
      stopLinks();
      history.drop();
      ask(null);
    };
  }, [unsaved, router]);

  return (
    <AlertDialog
      open={leave !== null}
      onOpenChange={(open) => (open ? undefined : ask(null))}
      title={t('title')}
      description={t('description')}
      cancelLabel={t('stay')}
      confirmLabel={t('leave')}
      onConfirm={() => {
        ask(null);
        leave?.();
      }}
    />
  );
}
