'use client';
import type { ReactNode } from 'react';
import { cn } from '../lib/cn.ts';
import { Button, type ButtonProps } from './button.tsx';
import { Tooltip } from './tooltip.tsx';

/** A square button with an icon alone; its label is its name for screen readers and its tooltip. */
export function IconButton({
  label,
  shortcut,
  className,
  children,
  variant = 'quiet',
  ...rest
}: Omit<ButtonProps, 'children' | 'asChild'> & { label: string; shortcut?: string; children: ReactNode }) {
  return (
    <Tooltip label={label} shortcut={shortcut}>
      <Button aria-label={label} variant={variant} className={cn('w-control px-0', className)} {...rest}>
        {rest.pending ? null : children}
      </Button>
    </Tooltip>
  );
}
