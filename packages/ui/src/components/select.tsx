import { ChevronsUpDown } from 'lucide-react';
import type { SelectHTMLAttributes } from 'react';
import { cn } from '../lib/cn.ts';
import { controlClasses } from './input.tsx';

/** One choice of a `Select`. */
export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

/** A short, closed list of choices: the browser's own, so that phones show their own picker. */
export function Select({
  options,
  onValueChange,
  className,
  ...rest
}: Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange'> & {
  options: readonly SelectOption[];
  onValueChange: (value: string) => void;
}) {
  return (
    <span className={cn('relative inline-block', className)}>
      <select
        className={cn(controlClasses, 'h-control appearance-none truncate pr-9')}
        onChange={(event) => onValueChange(event.target.value)}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronsUpDown
        aria-hidden
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-3 size-4 text-ink-faint"
        strokeWidth={1.5}
      />
    </span>
  );
}
