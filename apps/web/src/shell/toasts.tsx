'use client';
import { Toaster } from '@zarpa/ui/components/toast';
import { useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';

/** Short messages at the edge of the page. */
export function Toasts() {
  const t = useTranslations('common');
  const { resolvedTheme } = useTheme();
  return <Toaster theme={resolvedTheme === 'dark' ? 'dark' : 'light'} closeLabel={t('close')} />;
}
