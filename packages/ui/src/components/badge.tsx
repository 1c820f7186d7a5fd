import type { HTMLAttributes } from 'react';
import { cn } from '../lib/cn.ts';

const tones = {
  neutral: 'bg-raised text-ink-soft ring-1 ring-line ring-inset',
  brand: 'bg-brand/12 text-brand dark:text-brand',
  running: 'bg-running/12 text-running-text',
  busy: 'bg-busy/12 text-busy-text',
  warn: 'bg-warn/18 text-warn-text',
  fail: 'bg-fail/10 text-fail-text',
} as const;

/** A short label beside a name. */
export function Badge({
  tone = 'neutral',
  className,
  ...rest
}: HTMLAttributes<HTMLSpanElement> & { tone?: keyof typeof tones }) {
  return (
    <span
      className={cn(
        'inline-flex h-5 shrink-0 items-center gap-1 rounded-full px-2 font-medium text-xs',
        tones[tone],
        className,
      )}
      {...rest}
    />
  );
}
