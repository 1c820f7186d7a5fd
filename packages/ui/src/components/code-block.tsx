'use client';
import type { ReactNode } from 'react';
import { cn } from '../lib/cn.ts';
import { CopyButton } from './copy-button.tsx';

/** A piece of code with its name and a copy button. */
export function CodeBlock({
  code,
  title,
  copyLabel,
  copiedLabel,
  className,
}: {
  code: string;
  title?: ReactNode;
  copyLabel: string;
  copiedLabel: string;
  className?: string;
}) {
  return (
    <div className={cn('overflow-hidden rounded-lg border border-line bg-raised/50', className)}>
      <div className="flex h-9 items-center justify-between border-line border-b pr-1 pl-3 pointer-coarse:h-12">
        <span className="truncate font-mono text-ink-faint text-xs">{title}</span>
        <CopyButton text={code} label={copyLabel} copiedLabel={copiedLabel} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <pre tabIndex={0} className="scroll-slim max-h-96 overflow-auto p-3 font-mono text-xs leading-5">
        <code>{code}</code>
      </pre>
    </div>
  );
}
