'use client';
import { ChevronsUpDown } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useId, useRef, useState } from 'react';
import { cn } from '../lib/cn.ts';
import { controlClasses } from './input.tsx';

const load = () => import('./combobox-list.tsx');
const List = lazy(() => load().then((parts) => ({ default: parts.ComboboxList })));

/** One choice of a `Combobox`. */
export interface ComboboxOption {
  value: string;
  label: ReactNode;
  /** Softer text at the right. */
  note?: ReactNode;
  icon?: ReactNode;
}

/** What the opened list of a `Combobox` needs. */
export interface ComboboxListProps {
  value: string | undefined;
  onSelect: (value: string) => void;
  options: readonly ComboboxOption[];
  search: string;
  onSearchChange: (search: string) => void;
  loading?: boolean;
  searchPlaceholder: string;
  emptyText: ReactNode;
}

/** A long or remote list of choices that one searches. The owner filters: `options` is what matches `search`. */
export function Combobox({
  display,
  placeholder,
  className,
  id,
  disabled,
  'aria-describedby': describedBy,
  'aria-invalid': invalid,
  ...list
}: ComboboxListProps & {
  /** What the closed control shows; the placeholder when undefined. */
  display?: ReactNode;
  placeholder: string;
  className?: string;
  id?: string;
  disabled?: boolean;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}) {
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  const control = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={control}
        type="button"
        id={id}
        disabled={disabled}
        role="combobox"
        aria-controls={listId}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-describedby={describedBy}
        data-invalid={invalid}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => {
          setUsed(true);
          setOpen(!open);
        }}
        className={cn(
          controlClasses,
          'flex h-control items-center justify-between gap-2 text-left data-invalid:border-fail',
          className,
        )}
      >
        <span className={cn('flex min-w-0 items-center gap-2 truncate', display === undefined && 'text-ink-faint')}>
          {display ?? placeholder}
        </span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" strokeWidth={1.5} />
      </button>
      {used ? (
        <Suspense>
          <List {...list} id={listId} open={open} onOpenChange={setOpen} control={control} />
        </Suspense>
      ) : null}
    </>
  );
}
