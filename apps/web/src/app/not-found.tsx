import { getTranslations } from 'next-intl/server';
import { PlainMessage, plainButton } from '@/shell/plain-message.tsx';

export default async function NotFound() {
  const t = await getTranslations('problem');
  return (
    <PlainMessage
      title={t('pageNotFoundTitle')}
      text={t('pageNotFound')}
      action={
        <a href="/instances" className={plainButton}>
          {t('toInstances')}
        </a>
      }
    />
  );
}
