import type { LabelHTMLAttributes } from 'react';
import { cn } from '../lib/cn.ts';

/** Names a control. */
export function Label({ className, ...rest }: LabelHTMLAttributes<HTMLLabelElement>) {
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is given by `htmlFor` at each use
  return <label className={cn('font-medium text-ink text-sm', className)} {...rest} />;
}
