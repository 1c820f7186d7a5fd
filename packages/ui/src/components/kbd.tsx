import type { ReactNode } from 'react';
import { cn } from '../lib/cn.ts';

/** A key of the keyboard. */
export function Kbd({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <kbd
      className={cn(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line bg-raised px-1 font-sans text-2xs text-ink-faint',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
