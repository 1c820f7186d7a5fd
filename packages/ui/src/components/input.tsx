import type { InputHTMLAttributes } from 'react';
import { cn } from '../lib/cn.ts';

/** The look that every control one types into shares. */
export const controlClasses =
  'w-full rounded-lg border border-line-strong bg-surface px-3 text-base text-ink shadow-button transition-colors hover:border-ink-faint/60 focus-visible:border-brand focus-visible:outline-2 focus-visible:outline-brand/35 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-fail';

/** A single line of text. */
export function Input({ className, ...rest }: InputHTMLAttributes<HTMLInputElement>) {
  return <input className={cn(controlClasses, 'h-control', className)} {...rest} />;
}
