import type { ButtonHTMLAttributes } from 'react';
import { cn } from '../lib/cn.ts';
import { Slot } from './slot.tsx';
import { Spinner } from './spinner.tsx';

const base =
  'relative inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-lg font-medium text-sm transition-colors disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-progress [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:stroke-[1.5]';
const variants = {
  primary: 'bg-brand text-brand-ink shadow-button hover:bg-brand/88',
  secondary: 'border border-line-strong bg-surface text-ink shadow-button hover:bg-raised',
  quiet: 'text-ink-soft hover:bg-raised hover:text-ink',
  danger: 'border border-fail/40 bg-surface text-fail-text hover:border-fail hover:bg-fail/8',
  signal: 'bg-signal text-signal-ink shadow-button hover:bg-signal/88',
} as const;
const sizes = {
  small: 'h-8 px-2.5 text-xs pointer-coarse:h-control',
  medium: 'h-control px-3.5',
  large: 'h-12 px-5 text-base',
} as const;

/** What a button accepts beside the attributes of the HTML element. */
export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
  /** While true the button shows a spinner and `pendingLabel`, and ignores presses without losing focus. */
  pending?: boolean;
  pendingLabel?: string;
  /** Gives the look to the only child (a link) instead of drawing a `button`. */
  asChild?: boolean;
}

/** The one button of the product. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  pending = false,
  pendingLabel,
  asChild = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const classes = cn(base, variants[variant], sizes[size], pending && 'opacity-80', className);
  if (asChild) {
    return (
      <Slot className={classes} {...rest}>
        {children}
      </Slot>
    );
  }
  return (
    <button
      type={pending ? 'button' : type}
      className={classes}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? undefined : onClick}
      {...rest}
    >
      {pending ? <Spinner /> : null}
      {pending && pendingLabel ? pendingLabel : children}
    </button>
  );
}
