'use client';
import { Toaster } from '@zarpa/ui/components/toast';
import { useTranslations } from 'next-intl';
import { useTheme } from '@/providers/theme.ts';

/** Short messages at the edge of the page. */
export function Toasts() {
  const t = useTranslations('common');
  const { theme } = useTheme();
  return <Toaster theme={theme} closeLabel={t('close')} />;
}
