'use client';
import type { InstanceView } from '@zarpa/api-client';
import { Checkbox } from '@zarpa/ui/components/checkbox';
import { StateBadge } from '@zarpa/ui/components/state-badge';
import { cn } from '@zarpa/ui/lib/cn';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { lazy, memo, Suspense, useRef } from 'react';
import { useMetrics } from '@/api/metrics.ts';
import { toneOf } from '@/instance/state.ts';
import { columns } from './columns.ts';
import { RowDeployment } from './row-deployment.tsx';
import { RowMenu } from './row-menu.tsx';
import { MemoryText, RowMemory } from './row-metrics.tsx';
import { useVisible } from './use-visible.ts';

const RowActivity = lazy(() => import('./row-activity.tsx').then((module) => ({ default: module.RowActivity })));

/** One instance: what it does, what it is made of, what it uses, what was deployed last. */
export const InstanceRow = memo(
  function InstanceRow({
    instance,
    selected,
    onSelectedChange,
  }: {
    instance: InstanceView;
    selected: boolean;
    onSelectedChange: (selected: boolean) => void;
  }) {
    const t = useTranslations('instances');
    const state = useTranslations('state');
    const row = useRef<HTMLLIElement>(null);
    const runs = instance.state === 'running';
    const visible = useVisible(row);
    const metrics = useMetrics(instance.instanceId, '1h', visible && runs).data;
    const sample = runs ? metrics?.points.at(-1) : undefined;
    const { repository, branch, rootDirectory } = instance.source;
    return (
      <li
        ref={row}
        className={cn(
          columns,
          'relative min-h-[4.25rem] border-line py-3 transition-colors not-last:border-b hover:bg-raised/60 has-[a:focus-visible]:bg-raised/60',
          selected && 'bg-brand/6 hover:bg-brand/8',
        )}
      >
        <Checkbox
          className="z-1 max-sm:hidden"
          label={t('select', { name: instance.name })}
          checked={selected}
          onCheckedChange={onSelectedChange}
        />
        <StateBadge tone={toneOf(instance)} className="max-sm:hidden">
          {state(`words.${instance.state}`)}
        </StateBadge>
        <div className="min-w-0">
          <Link
            href={`/instances/${instance.instanceId}`}
            className="block truncate font-medium text-base outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-brand focus-visible:after:outline-offset-[-2px]"
          >
            {instance.name}
          </Link>
          <p className="truncate text-ink-faint text-xs">
            {repository}
            <span className="text-ink-soft"> @ {branch}</span>
            {rootDirectory === '' ? null : ` / ${rootDirectory}`}
          </p>
          <p className="mt-1.5 flex items-center gap-2 sm:hidden">
            <StateBadge tone={toneOf(instance)} className="text-xs">
              {state(`words.${instance.state}`)}
            </StateBadge>
            <MemoryText limitMb={instance.memoryMb} sample={sample} />
          </p>
        </div>
        <RowMemory className="max-lg:hidden" limitMb={instance.memoryMb} sample={sample} />
        <Suspense fallback={<span className="h-6 w-24 max-lg:hidden" />}>
          <RowActivity className="max-lg:hidden" series={runs ? metrics : undefined} />
        </Suspense>
        <RowDeployment className="max-lg:hidden" deployment={instance.latestDeployment} />
        <RowMenu instance={instance} />
      </li>
    );
  },
  (before, after) => before.instance === after.instance && before.selected === after.selected,
);
