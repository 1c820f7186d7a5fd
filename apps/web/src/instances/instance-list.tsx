'use client';
import { Button } from '@zarpa/ui/components/button';
import { Panel } from '@zarpa/ui/components/panel';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useInstances } from '@/api/instances.ts';
import { Page, PageTitle } from '@/shell/page.tsx';
import { PageSkeleton } from '@/shell/page-skeleton.tsx';
import { InstanceRow } from './instance-row.tsx';
import { ListHead } from './list-head.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { ListToolbar } from './list-toolbar.tsx';
import { applyListView, type ListView, matchesFilter, readListView, writeListView } from './list-view.ts';

const BulkBar = lazy(() => import('./bulk-bar.tsx').then((module) => ({ default: module.BulkBar })));
const FirstInstance = lazy(() => import('./first-instance.tsx').then((module) => ({ default: module.FirstInstance })));
const ErrorView = lazy(() => import('@/shell/error-view.tsx').then((module) => ({ default: module.ErrorView })));
const NoneMatch = lazy(() => import('./none-match.tsx').then((module) => ({ default: module.NoneMatch })));
const noIds: ReadonlySet<string> = new Set();

/** All instances of the owner as rows that move by themselves. */
export function InstanceList() {
  const t = useTranslations('instances');
  const instances = useInstances();
  const query = useSearchParams();
  const view = useMemo(() => readListView(query), [query]);
  const [selected, select] = useState<ReadonlySet<string>>(noIds);
  const items = instances.data?.items;
  const rows = useMemo(() => applyListView(items ?? [], view), [items, view]);
  const chosen = rows.filter((row) => selected.has(row.instanceId));

  const setView = (next: ListView) => {
    const written = writeListView(next);
    window.history.replaceState(null, '', written === '' ? '/instances' : `/instances?${written}`);
  };
  const toggle = (id: string, on: boolean) =>
    select((before) => (on ? new Set([...before, id]) : new Set([...before].filter((other) => other !== id))));

  if (items ? items.length === 0 : instances.isError) {
    return (
      <Suspense fallback={<PageSkeleton />}>
        {items ? <FirstInstance /> : <ErrorView error={instances.error} onRetry={() => void instances.refetch()} />}
      </Suspense>
    );
  }
  const alive = items?.filter((item) => matchesFilter(item, 'all')) ?? [];
  return (
    <Page>
      <PageTitle
        title={t('title')}
        description={
          items
            ? t('summary', { running: alive.filter((item) => item.state === 'running').length, total: alive.length })
            : '\u00a0'
        }
        actions={<NewInstanceLink />}
      />
      <div className="flex flex-col gap-3">
        <ListToolbar view={view} onChange={setView} items={items} />
        <Panel className="overflow-hidden" aria-label={t('title')}>
          <ListHead
            checked={chosen.length === 0 ? false : chosen.length === rows.length ? true : 'indeterminate'}
            onCheckedChange={(on) => select(on ? new Set(rows.map((row) => row.instanceId)) : noIds)}
          />
          {items === undefined ? <ListSkeleton /> : null}
          {items !== undefined && rows.length === 0 ? (
            <Suspense fallback={<div className="h-40" />}>
              <NoneMatch onClear={() => setView({ ...view, search: '', filter: 'all' })} />
            </Suspense>
          ) : null}
          <ul>
            {rows.map((row) => (
              <InstanceRow
                key={row.instanceId}
                instance={row}
                selected={selected.has(row.instanceId)}
                onSelectedChange={(on) => toggle(row.instanceId, on)}
              />
            ))}
          </ul>
        </Panel>
      </div>
      {chosen.length > 0 ? (
        <Suspense>
          <BulkBar chosen={chosen} onClear={() => select(noIds)} />
        </Suspense>
      ) : null}
    </Page>
  );
}

function NewInstanceLink() {
  const t = useTranslations('shell');
  return (
    <Button asChild variant="primary">
      <Link href="/instances/new">
        <Plus aria-hidden />
        {t('newInstance')}
      </Link>
    </Button>
  );
}
