'use client';
import type { InstanceView } from '@zarpa/api-client';
import { Button } from '@zarpa/ui/components/button';
import { DropdownChoice, DropdownMenu } from '@zarpa/ui/components/dropdown-menu';
import { controlClasses } from '@zarpa/ui/components/input';
import { Select } from '@zarpa/ui/components/select';
import { cn } from '@zarpa/ui/lib/cn';
import { ArrowUpDown, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { filters, type ListView, matchesFilter, sorts } from './list-view.ts';

/** Search, filter by state and order. All of it stands in the address. */
export function ListToolbar({
  view,
  onChange,
  items,
}: {
  view: ListView;
  onChange: (view: ListView) => void;
  /** Undefined while they are on their way. */
  items: readonly InstanceView[] | undefined;
}) {
  const t = useTranslations('instances');
  return (
    <div className="flex flex-wrap items-center gap-2">
      <label className="relative min-w-0 flex-1 basis-48 lg:max-w-xs">
        <span className="sr-only">{t('search')}</span>
        <Search
          aria-hidden
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 size-4 text-ink-faint"
          strokeWidth={1.5}
        />
        <input
          type="search"
          value={view.search}
          placeholder={t('search')}
          onChange={(event) => onChange({ ...view, search: event.target.value })}
          className={cn(controlClasses, 'h-control pl-9')}
        />
      </label>
      <SortMenu view={view} onChange={onChange} />
      <FilterTabs view={view} onChange={onChange} items={items} />
      <Select
        className="w-44 max-sm:hidden sm:ml-auto"
        aria-label={t('sortLabel')}
        value={view.sort}
        onValueChange={(value) => onChange({ ...view, sort: sorts.find((sort) => sort === value) ?? view.sort })}
        options={sorts.map((sort) => ({ value: sort, label: t(`sorts.${sort}`) }))}
      />
    </div>
  );
}

function SortMenu({ view, onChange }: Pick<Parameters<typeof ListToolbar>[0], 'view' | 'onChange'>) {
  const t = useTranslations('instances');
  return (
    <DropdownMenu
      trigger={
        <Button aria-label={t('sortLabel')} className="w-control px-0 sm:hidden">
          <ArrowUpDown aria-hidden />
        </Button>
      }
    >
      {sorts.map((sort) => (
        <DropdownChoice key={sort} checked={sort === view.sort} onSelect={() => onChange({ ...view, sort })}>
          {t(`sorts.${sort}`)}
        </DropdownChoice>
      ))}
    </DropdownMenu>
  );
}

function FilterTabs({ view, onChange, items }: Parameters<typeof ListToolbar>[0]) {
  const t = useTranslations('instances');
  return (
    <fieldset className="scroll-slim flex min-w-0 max-w-full gap-0.5 overflow-x-auto rounded-lg border border-line bg-surface p-0.5 [scrollbar-width:none]">
      <legend className="sr-only">{t('filterLabel')}</legend>
      {filters.map((filter) => {
        const count = items?.filter((item) => matchesFilter(item, filter)).length;
        if (!count && filter === 'deleted' && view.filter !== 'deleted') return null;
        return (
          <button
            key={filter}
            type="button"
            aria-pressed={view.filter === filter}
            onClick={() => onChange({ ...view, filter })}
            className="flex h-[calc(var(--control)-6px)] shrink-0 items-center gap-1.5 rounded-md px-2.5 text-ink-soft text-sm transition-colors hover:text-ink aria-pressed:bg-raised aria-pressed:font-medium aria-pressed:text-ink"
          >
            {t(`filters.${filter}`)}
            {count === undefined ? null : <span className="tabular text-ink-faint text-xs">{count}</span>}
          </button>
        );
      })}
    </fieldset>
  );
}
