'use client';
import { Button } from '@zarpa/ui/components/button';
import { LinkTabs } from '@zarpa/ui/components/link-tabs';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { lazy, type ReactNode, Suspense } from 'react';
import { useInstance } from '@/api/instances.ts';
import { Page } from '@/shell/page.tsx';
import { PageSkeleton } from '@/shell/page-skeleton.tsx';
import { InstanceContext } from './instance-context.tsx';
import { InstanceHeader } from './instance-header.tsx';

const Missing = lazy(() => import('./missing.tsx').then((module) => ({ default: module.Missing })));
const tabs = ['overview', 'deployments', 'logs', 'environment', 'settings'] as const;

/** Head and tabs of an instance; the pages below read the instance from the context. */
export function InstanceFrame({ instanceId, children }: { instanceId: string; children: ReactNode }) {
  const t = useTranslations('overview');
  const shell = useTranslations('shell.tabs');
  const path = usePathname();
  const instance = useInstance(instanceId);
  if (!instance.data) {
    if (!instance.isError) return <PageSkeleton />;
    return (
      <Suspense fallback={<PageSkeleton />}>
        <Missing
          error={instance.error}
          onRetry={() => void instance.refetch()}
          actions={
            <Button asChild>
              <Link href="/instances">{t('backToList')}</Link>
            </Button>
          }
        />
      </Suspense>
    );
  }
  const base = `/instances/${instanceId}`;
  const open = path.split('/')[3] ?? 'overview';
  return (
    <InstanceContext value={instance.data}>
      <Page wide={open === 'logs'} className="gap-5">
        <InstanceHeader instance={instance.data} />
        <LinkTabs
          label={t('tabsLabel')}
          link={Link}
          tabs={tabs.map((tab) => ({
            href: tab === 'overview' ? base : `${base}/${tab}`,
            label: shell(tab),
            current: open === tab,
          }))}
        />
        {children}
      </Page>
    </InstanceContext>
  );
}
