'use client';
import { toast } from '@zarpa/ui/components/toast';
import { useTranslations } from 'next-intl';

/** Says that lines were copied by keyboard. */
export function useCopiedToast(): (count: number) => void {
  const t = useTranslations('logs.viewer');
  return (count) => toast.success(t('copiedLines', { count }), { id: 'copied-lines' });
}
