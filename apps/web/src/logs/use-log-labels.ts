'use client';
import type { LogViewerLabels } from '@zarpa/ui/components/log-viewer';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { useFormat } from '@/format/use-format.ts';

/** Every word of the log viewer in the reader's language. */
export function useLogLabels(): LogViewerLabels {
  const t = useTranslations('logs.viewer');
  const format = useFormat();
  return useMemo(
    () => ({
      region: t('region'),
      search: t('search'),
      matches: (current, total) => t('matches', { current, total }),
      noMatches: t('noMatches'),
      previousMatch: t('previousMatch'),
      nextMatch: t('nextMatch'),
      onlyMatches: t('onlyMatches'),
      pause: t('pause'),
      resume: t('resume'),
      waiting: (count) => t('waiting', { count }),
      follow: t('follow'),
      following: t('following'),
      newLines: (count) => t('newLines', { count }),
      loadingOlder: t('loadingOlder'),
      keys: t('keys'),
      qrDrawing: t('qrDrawing'),
      formatTime: format.clockSeconds,
      formatMoment: format.moment,
    }),
    [t, format],
  );
}
