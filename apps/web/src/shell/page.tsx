import { cn } from '@zarpa/ui/lib/cn';
import type { ReactNode } from 'react';

/** The content's width: 1,200 px, or all of it where `wide`. */
export function Page({
  wide = false,
  className,
  children,
}: {
  wide?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div
      className={cn(
        'flex w-full flex-1 flex-col gap-6 px-4 py-6 sm:px-6 sm:py-8',
        !wide && 'mx-auto max-w-[1248px]',
        className,
      )}
    >
      {children}
    </div>
  );
}

/** A page's title, a line about it, and what can be done at the right. */
export function PageTitle({
  title,
  description,
  actions,
}: {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="font-semibold text-2xl">{title}</h1>
        {description ? <p className="mt-0.5 text-ink-soft text-base">{description}</p> : null}
      </div>
      {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
    </div>
  );
}
