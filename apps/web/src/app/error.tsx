'use client';
import { Button } from '@zarpa/ui/components/button';
import { EmptyState } from '@zarpa/ui/components/empty-state';
import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';

export default function PageError({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations('problem');
  return (
    <main className="flex min-h-[70dvh] items-center justify-center">
      <EmptyState
        icon={<TriangleAlert aria-hidden />}
        title={t('pageBrokeTitle')}
        description={t('pageBroke')}
        actions={
          <Button variant="primary" onClick={reset}>
            {t('reload')}
          </Button>
        }
      />
    </main>
  );
}
