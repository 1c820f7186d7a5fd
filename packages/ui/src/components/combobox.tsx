'use client';
import { Command } from 'cmdk';
import { Check, ChevronsUpDown, Search } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { cn } from '../lib/cn.ts';
import { controlClasses } from './input.tsx';
import { Spinner } from './spinner.tsx';

/** One choice of a `Combobox`. */
export interface ComboboxOption {
  value: string;
  label: ReactNode;
  /** Softer text at the right or below. */
  note?: ReactNode;
  icon?: ReactNode;
}

/** A long or remote list of choices that one searches. The owner filters: `options` is what matches `search`. */
export function Combobox({
  value,
  display,
  onSelect,
  options,
  search,
  onSearchChange,
  loading = false,
  placeholder,
  searchPlaceholder,
  emptyText,
  footer,
  className,
  ...aria
}: {
  value: string | undefined;
  /** What the closed control shows; the placeholder when undefined. */
  display?: ReactNode;
  onSelect: (value: string) => void;
  options: readonly ComboboxOption[];
  search: string;
  onSearchChange: (search: string) => void;
  loading?: boolean;
  placeholder: string;
  searchPlaceholder: string;
  emptyText: ReactNode;
  footer?: ReactNode;
  className?: string;
  id?: string;
  disabled?: boolean;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        role="combobox"
        aria-expanded={open}
        className={cn(controlClasses, 'flex h-control items-center justify-between gap-2 text-left', className)}
        {...aria}
      >
        <span className={cn('flex min-w-0 items-center gap-2 truncate', display === undefined && 'text-ink-faint')}>
          {display ?? placeholder}
        </span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" strokeWidth={1.5} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          className="z-50 w-(--radix-popover-trigger-width) min-w-64 animate-fade overflow-hidden rounded-lg border border-line bg-surface shadow-menu"
        >
          <Command shouldFilter={false} loop>
            <div className="flex items-center gap-2 border-line border-b px-3">
              <Search aria-hidden className="size-4 shrink-0 text-ink-faint" strokeWidth={1.5} />
              <Command.Input
                value={search}
                onValueChange={onSearchChange}
                placeholder={searchPlaceholder}
                className="h-10 w-full bg-transparent text-base outline-none"
              />
              {loading ? <Spinner className="text-ink-faint" /> : null}
            </div>
            <Command.List className="scroll-slim max-h-72 overflow-y-auto p-1">
              {loading ? null : (
                <Command.Empty className="px-3 py-6 text-center text-ink-soft text-sm">{emptyText}</Command.Empty>
              )}
              {options.map((option) => (
                <ComboboxItem
                  key={option.value}
                  option={option}
                  chosen={option.value === value}
                  onSelect={() => {
                    onSelect(option.value);
                    setOpen(false);
                  }}
                />
              ))}
            </Command.List>
            {footer ? (
              <div className="border-line border-t bg-raised/60 px-3 py-2 text-ink-soft text-xs">{footer}</div>
            ) : null}
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ComboboxItem({ option, chosen, onSelect }: { option: ComboboxOption; chosen: boolean; onSelect: () => void }) {
  return (
    <Command.Item
      value={option.value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-default items-center gap-2 rounded-md px-2 py-1.5 text-sm data-[selected=true]:bg-raised pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.5]"
    >
      {option.icon ? <span className="text-ink-faint">{option.icon}</span> : null}
      <span className="min-w-0 flex-1 truncate">{option.label}</span>
      {option.note ? <span className="max-w-[45%] shrink-0 truncate text-ink-faint text-xs">{option.note}</span> : null}
      {chosen ? <Check aria-hidden className="text-brand" /> : null}
    </Command.Item>
  );
}
