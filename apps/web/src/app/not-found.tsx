import { Button } from '@zarpa/ui/components/button';
import { EmptyState } from '@zarpa/ui/components/empty-state';
import { Compass } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';

export default async function NotFound() {
  const t = await getTranslations('problem');
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        icon={<Compass aria-hidden />}
        title={t('pageNotFoundTitle')}
        description={t('pageNotFound')}
        actions={
          <Button asChild variant="primary">
            <Link href="/instances">{t('toInstances')}</Link>
          </Button>
        }
      />
    </main>
  );
}
