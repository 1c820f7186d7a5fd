'use client';
import { type ComponentType, type ReactNode, useEffect, useRef } from 'react';
import { cn } from '../lib/cn.ts';

/** One tab: an address of its own. */
export interface LinkTab {
  href: string;
  label: ReactNode;
  current: boolean;
}

/** Tabs that are links, so that each has an address. `link` is the router's link component. */
export function LinkTabs({
  tabs,
  label,
  link: Link,
  className,
}: {
  tabs: readonly LinkTab[];
  label: string;
  link: ComponentType<{ href: string; className?: string; 'aria-current'?: 'page'; children: ReactNode }>;
  className?: string;
}) {
  const list = useRef<HTMLUListElement>(null);
  const current = tabs.find((tab) => tab.current)?.href;
  useEffect(() => {
    if (current === undefined) return;
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <nav aria-label={label} className={cn('border-line border-b', className)}>
      <ul ref={list} className="-mb-px scroll-slim flex gap-1 overflow-x-auto [scrollbar-width:none]">
        {tabs.map((tab) => (
          <li key={tab.href} className="shrink-0">
            <Link
              href={tab.href}
              aria-current={tab.current ? 'page' : undefined}
              className={cn(
                'flex h-10 items-center border-transparent border-b-2 px-3 text-ink-soft text-sm outline-offset-[-2px] transition-colors hover:text-ink pointer-coarse:h-11',
                tab.current && 'border-brand font-medium text-ink',
              )}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
