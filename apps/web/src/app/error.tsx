'use client';
import { useTranslations } from 'next-intl';
import { PlainMessage, plainButton } from '@/shell/plain-message.tsx';

export default function PageError({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations('problem');
  return (
    <PlainMessage
      title={t('pageBrokeTitle')}
      text={t('pageBroke')}
      action={
        <button type="button" className={plainButton} onClick={reset}>
          {t('reload')}
        </button>
      }
    />
  );
}
