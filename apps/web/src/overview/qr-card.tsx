'use client';
import type { InstanceView } from '@zarpa/api-client';
import { Panel } from '@zarpa/ui/components/panel';
import { QrCode } from '@zarpa/ui/components/qr-code';
import { useTranslations } from 'next-intl';
import { TimeAgo } from '@/format/time-ago.tsx';

const steps = ['open', 'devices', 'scan'] as const;

/** The code that the bot waits to have scanned, with what to do on the phone. */
export function QrCard({ name, qr }: { name: string; qr: NonNullable<InstanceView['qr']> }) {
  const t = useTranslations('overview.qr');
  return (
    <Panel className="flex flex-col items-center gap-6 border-signal/50 p-5 sm:flex-row sm:items-start sm:gap-8 sm:p-6">
      <QrCode matrix={qr.matrix} label={t('label', { name })} className="w-64 shrink-0" />
      <div className="flex min-w-0 flex-col gap-4">
        <div>
          <h2 className="font-semibold text-lg">{t('title')}</h2>
          <p className="mt-1 text-ink-soft text-sm">{t('description')}</p>
        </div>
        <ol className="flex flex-col gap-3 text-base">
          {steps.map((step, index) => (
            <li key={step} className="flex gap-3">
              <span
                aria-hidden
                className="tabular grid size-6 shrink-0 place-items-center rounded-full bg-raised font-medium text-ink-soft text-xs"
              >
                {index + 1}
              </span>
              {t(`steps.${step}`)}
            </li>
          ))}
        </ol>
        <p className="text-ink-faint text-xs">
          {t('seen')} <TimeAgo at={qr.seenAt} />. {t('renews')}
        </p>
      </div>
    </Panel>
  );
}
