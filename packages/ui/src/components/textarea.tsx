import type { TextareaHTMLAttributes } from 'react';
import { cn } from '../lib/cn.ts';
import { controlClasses } from './input.tsx';

/** Several lines of text. `code` sets them in the fixed-width face without spelling help. */
export function Textarea({
  className,
  code = false,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & { code?: boolean }) {
  return (
    <textarea
      spellCheck={code ? false : undefined}
      className={cn(
        controlClasses,
        'min-h-24 py-2 leading-relaxed',
        code && 'scroll-slim font-mono text-sm',
        className,
      )}
      {...rest}
    />
  );
}
