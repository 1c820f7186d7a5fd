import { Panel } from '@zarpa/ui/components/panel';
import type { ReactNode } from 'react';

/** One group of choices. */
export function Section({
  title,
  description,
  aside,
  children,
}: {
  title: ReactNode;
  description?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Panel>
      <header className="flex flex-wrap items-center justify-between gap-3 px-5 pt-4">
        <div>
          <h2 className="font-semibold text-base">{title}</h2>
          {description ? <p className="text-ink-soft text-sm">{description}</p> : null}
        </div>
        {aside}
      </header>
      <div className="flex flex-col gap-4 p-5 pt-4">{children}</div>
    </Panel>
  );
}
