'use client';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { formatDuration } from './duration.ts';
import { formatBytes, formatMegabytes, formatMoney } from './size.ts';

const dayMs = 86_400_000;

/** Every way that a page writes a number or a moment. */
export function useFormat() {
  const locale = useLocale();
  const formatter = useFormatter();
  const t = useTranslations('common');
  return useMemo(
    () => ({
      duration: (ms: number) => formatDuration(ms, locale),
      bytes: (bytes: number) => formatBytes(bytes, locale),
      megabytes: (megabytes: number) => formatMegabytes(megabytes, locale),
      money: (cents: number, currency: string) => formatMoney(cents, currency, locale),
      number: (value: number, options?: Intl.NumberFormatOptions) =>
        new Intl.NumberFormat(locale, options).format(value),
      /** Relative up to a day, then the date. */
      ago: (at: number, now: number) => {
        if (now - at < 10_000 && now - at > -10_000) return t('justNow');
        if (Math.abs(now - at) < dayMs) return formatter.relativeTime(at, now);
        return formatter.dateTime(at, {
          day: 'numeric',
          month: 'short',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        });
      },
      /** The exact moment, for a hover. */
      moment: (at: number) => formatter.dateTime(at, { dateStyle: 'long', timeStyle: 'medium' }),
      /** `14:02` */
      clock: (at: number) => formatter.dateTime(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
      /** `14:02:33` */
      clockSeconds: (at: number) =>
        formatter.dateTime(at, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
      /** `12 de mar., 14:02` */
      dayClock: (at: number) =>
        formatter.dateTime(at, {
          day: 'numeric',
          month: 'short',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        }),
      /** `12 de mar.` */
      day: (at: number) => formatter.dateTime(at, { day: 'numeric', month: 'short' }),
    }),
    [locale, formatter, t],
  );
}
