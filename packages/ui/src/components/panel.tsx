import type { HTMLAttributes, ReactNode } from 'react';
import { cn } from '../lib/cn.ts';

/** A bordered surface that groups what belongs together. */
export function Panel({ className, ...rest }: HTMLAttributes<HTMLElement>) {
  return <section className={cn('rounded-xl border border-line bg-surface', className)} {...rest} />;
}

/** The head of a panel: title, a soft line below it, and actions at the right. */
export function PanelHeader({
  title,
  description,
  actions,
  className,
}: {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  return (
    <header className={cn('flex flex-wrap items-center justify-between gap-3 px-5 py-4', className)}>
      <div className="min-w-0">
        <h2 className="font-semibold text-base">{title}</h2>
        {description ? <p className="mt-0.5 text-ink-soft text-sm">{description}</p> : null}
      </div>
      {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
    </header>
  );
}

/** The body of a panel. */
export function PanelBody({ className, ...rest }: HTMLAttributes<HTMLDivElement>) {
  return <div className={cn('px-5 pb-5', className)} {...rest} />;
}
