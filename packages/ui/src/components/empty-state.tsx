import type { ReactNode } from 'react';
import { cn } from '../lib/cn.ts';

/** What stands where there is nothing yet, or where something failed: one sentence and the way on. */
export function EmptyState({
  icon,
  title,
  description,
  actions,
  className,
  children,
}: {
  icon?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children?: ReactNode;
}) {
  return (
    <div className={cn('flex flex-col items-center gap-4 px-6 py-14 text-center', className)}>
      {icon ? (
        <span className="grid size-11 place-items-center rounded-xl border border-line bg-raised text-ink-soft [&_svg]:size-5 [&_svg]:stroke-[1.5]">
          {icon}
        </span>
      ) : null}
      <div className="flex max-w-md flex-col gap-1.5">
        <h2 className="font-semibold text-lg">{title}</h2>
        {description ? <p className="text-pretty text-ink-soft text-sm">{description}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap justify-center gap-2">{actions}</div> : null}
      {children}
    </div>
  );
}
