'use client';
import { Panel } from '@zarpa/ui/components/panel';
import { cn } from '@zarpa/ui/lib/cn';
import { type ReactNode, useEffect } from 'react';

/** One group of settings: what it is at the left, the controls at the right. `id` is its place in the address. */
export function SettingsSection({
  id,
  title,
  description,
  className,
  children,
}: {
  id?: string;
  title: ReactNode;
  description: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  // A page that arrives in parts is not there yet when the browser looks for the address's place.
  useEffect(() => {
    if (id !== undefined && window.location.hash === `#${id}`) document.getElementById(id)?.scrollIntoView();
  }, [id]);
  return (
    <Panel
      id={id}
      className={cn('grid scroll-mt-20 gap-x-12 gap-y-5 p-5 lg:grid-cols-[15rem_minmax(0,1fr)]', className)}
    >
      <div>
        <h2 className="font-semibold text-base">{title}</h2>
        <p className="mt-0.5 text-pretty text-ink-soft text-sm">{description}</p>
      </div>
      <div className="flex min-w-0 max-w-2xl flex-col gap-4">{children}</div>
    </Panel>
  );
}
