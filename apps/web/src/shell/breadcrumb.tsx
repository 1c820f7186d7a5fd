'use client';
import { useQueryClient } from '@tanstack/react-query';
import type { InstanceView } from '@zarpa/api-client';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useSyncExternalStore } from 'react';
import { queryKeys } from '@/api/query-keys.ts';

const tabs = ['deployments', 'logs', 'environment', 'settings'] as const;
const isTab = (part: string | undefined): part is (typeof tabs)[number] => tabs.some((tab) => tab === part);

/** The way from the section to the page that is open. */
export function Breadcrumb() {
  const t = useTranslations('shell');
  const [section, id, tab] = usePathname().split('/').filter(Boolean);
  const name = useKnownName(id ?? '');
  const crumbs: { href: string; label: string }[] = [];
  if (section === 'instances') crumbs.push({ href: '/instances', label: t('sections.instances') });
  if (id === 'new') crumbs.push({ href: '/instances/new', label: t('newInstance') });
  else if (id !== undefined && name !== undefined) crumbs.push({ href: `/instances/${id}`, label: name });
  if (isTab(tab)) crumbs.push({ href: `/instances/${id}/${tab}`, label: t(`tabs.${tab}`) });
  return (
    <nav aria-label={t('breadcrumbLabel')} className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1 text-sm">
        {crumbs.map((crumb, index) => {
          const last = index === crumbs.length - 1;
          return (
            <li
              key={crumb.href}
              className={last ? 'flex min-w-0 items-center gap-1' : 'flex min-w-0 items-center gap-1 max-sm:hidden'}
            >
              {index > 0 ? (
                <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-faint max-sm:hidden" />
              ) : null}
              <Link
                href={crumb.href}
                aria-current={last ? 'page' : undefined}
                className="truncate rounded-md px-1.5 py-1 text-ink-soft hover:text-ink aria-[current]:font-medium aria-[current]:text-ink"
              >
                {crumb.label}
              </Link>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/**
 * The name of an instance that some page has loaded; asks for nothing itself. It must not make an entry in the cache either:
 * data for the first paint is put only where there is none.
 */
function useKnownName(id: string): string | undefined {
  const client = useQueryClient();
  const subscribe = useCallback((changed: () => void) => client.getQueryCache().subscribe(changed), [client]);
  const read = () => client.getQueryData<InstanceView>(queryKeys.instance(id))?.name;
  return useSyncExternalStore(subscribe, read, () => undefined);
}
