'use client';
import type { InstanceView } from '@zarpa/api-client';
import { Notice } from '@zarpa/ui/components/notice';
import { useTranslations } from 'next-intl';
import { ApplyButton } from '@/instance/apply-button.tsx';

/** Something saved is not yet in operation. */
export function RedeployNotice({ instance }: { instance: InstanceView }) {
  const t = useTranslations('overview.redeploy');
  return (
    <Notice title={t('title')} actions={<ApplyButton instance={instance} />}>
      {t('description')}
    </Notice>
  );
}
