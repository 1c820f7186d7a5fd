'use client';
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from '../lib/cn.ts';

/** A switch between two or three views of the same thing, inside a panel. */
export function SegmentedTabs({
  value,
  onValueChange,
  tabs,
  label,
  className,
}: {
  value: string;
  onValueChange: (value: string) => void;
  tabs: readonly { value: string; label: ReactNode; content: ReactNode }[];
  label: string;
  className?: string;
}) {
  return (
    <Radix.Root value={value} onValueChange={onValueChange} className={cn('flex flex-col gap-3', className)}>
      <Radix.List aria-label={label} className="inline-flex self-start rounded-lg border border-line bg-raised p-0.5">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="flex h-8 items-center gap-2 rounded-md px-3 text-ink-soft text-sm transition-colors hover:text-ink data-[state=active]:bg-surface data-[state=active]:font-medium data-[state=active]:text-ink data-[state=active]:shadow-button pointer-coarse:h-10 [&_svg]:size-4 [&_svg]:stroke-[1.5]"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="outline-none">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
