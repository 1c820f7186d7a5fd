import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '../lib/cn.ts';

const looks = {
  info: { icon: Info, classes: 'border-busy/30 bg-busy/6 [&>svg]:text-busy-text' },
  warn: { icon: TriangleAlert, classes: 'border-warn/45 bg-warn/10 [&>svg]:text-warn-text' },
  fail: { icon: CircleAlert, classes: 'border-fail/35 bg-fail/6 [&>svg]:text-fail-text' },
} as const;

/** A message inside the page: what happened, what it means, what to do. */
export function Notice({
  tone = 'info',
  title,
  actions,
  className,
  children,
}: {
  tone?: keyof typeof looks;
  title?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children?: ReactNode;
}) {
  const { icon: Icon, classes } = looks[tone];
  return (
    <div
      role={tone === 'fail' ? 'alert' : 'status'}
      className={cn(
        'flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border px-3.5 py-3 text-sm',
        classes,
        className,
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" strokeWidth={1.5} />
      <div className="min-w-0 flex-1 basis-48">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className="text-ink-soft">{children}</div> : null}
      </div>
      {actions ? <div className="flex gap-2">{actions}</div> : null}
    </div>
  );
}
