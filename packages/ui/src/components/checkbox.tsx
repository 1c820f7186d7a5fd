'use client';
import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
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
  return (
    <Radix.Root
      checked={checked}
      onCheckedChange={(value) => onCheckedChange(value === true)}
      aria-label={label}
      className={cn(
        'relative grid size-4 shrink-0 place-items-center rounded-sm border border-line-strong bg-surface text-brand-ink transition-colors after:absolute after:-inset-3 hover:border-ink-faint data-[state=checked]:border-brand data-[state=indeterminate]:border-brand data-[state=checked]:bg-brand data-[state=indeterminate]:bg-brand',
        className,
      )}
    >
      <Radix.Indicator>
        {checked === 'indeterminate' ? <Minus className="size-3" /> : <Check className="size-3" strokeWidth={2.5} />}
      </Radix.Indicator>
    </Radix.Root>
  );
}
