'use client';
import { Check, Minus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { cn } from '../lib/cn.ts';

/** A box to tick; `indeterminate` when some of what it stands for is ticked. */
export function Checkbox({
  checked,
  onCheckedChange,
  label,
  className,
}: {
  checked: boolean | 'indeterminate';
  onCheckedChange: (checked: boolean) => void;
  label: string;
  className?: string;
}) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = checked === 'indeterminate';
  }, [checked]);
  const Mark = checked === 'indeterminate' ? Minus : Check;
  return (
    <span className={cn('relative grid size-4 shrink-0 place-items-center', className)}>
      <input
        ref={input}
        type="checkbox"
        aria-label={label}
        checked={checked === true}
        onChange={(event) => onCheckedChange(event.target.checked)}
        className="peer size-4 cursor-pointer appearance-none rounded-sm border border-line-strong bg-surface transition-colors after:absolute after:-inset-3 checked:border-brand checked:bg-brand indeterminate:border-brand indeterminate:bg-brand hover:border-ink-faint"
      />
      {checked === false ? null : (
        <Mark aria-hidden className="pointer-events-none absolute size-3 text-brand-ink" strokeWidth={2.5} />
      )}
    </span>
  );
}
