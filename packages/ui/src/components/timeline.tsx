'use client';
import { Check, Minus, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { cn } from '../lib/cn.ts';
import { Spinner } from './spinner.tsx';

/** One step with its times in ms; a running one grows by itself. */
export interface TimelineStep {
  key: string;
  label: ReactNode;
  status: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  startedAt: number | null;
  finishedAt: number | null;
}

/** Steps with durations; the length of each bar is its share of the slowest one. */
export function Timeline({
  steps,
  formatDuration,
  statusLabel,
  className,
}: {
  steps: readonly TimelineStep[];
  formatDuration: (ms: number) => string;
  /** The status as a word, for screen readers. */
  statusLabel: (status: TimelineStep['status']) => string;
  className?: string;
}) {
  const now = useNow(steps.some((step) => step.status === 'running'));
  const durations = steps.map((step) => durationOf(step, now));
  const slowest = Math.max(1, ...durations.map((duration) => duration ?? 0));
  return (
    <ol className={cn('flex flex-col', className)}>
      {steps.map((step, index) => {
        const duration = durations[index] ?? null;
        return (
          <li key={step.key} className="grid min-h-9 grid-cols-[1.25rem_7.5rem_1fr_auto] items-center gap-x-3 text-sm">
            <StepMark status={step.status} />
            <span
              className={cn(step.status === 'waiting' || step.status === 'skipped' ? 'text-ink-faint' : 'font-medium')}
            >
              {step.label}
              <span className="sr-only">, {statusLabel(step.status)}</span>
            </span>
            <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-raised">
              {duration === null ? null : (
                <span
                  className={cn(
                    'block h-full min-w-1 rounded-full',
                    barColour[step.status],
                    step.status === 'running' && 'stripes',
                  )}
                  style={{ width: `${(duration / slowest) * 100}%` }}
                />
              )}
            </span>
            <span className="tabular min-w-14 text-right text-ink-soft text-xs">
              {duration === null ? '' : formatDuration(duration)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

const barColour: Record<TimelineStep['status'], string> = {
  waiting: '',
  skipped: '',
  running: 'bg-busy',
  done: 'bg-brand/70',
  failed: 'bg-fail',
};

function StepMark({ status }: { status: TimelineStep['status'] }) {
  const ring = 'grid size-5 place-items-center rounded-full [&_svg]:size-3 [&_svg]:stroke-[2.25]';
  switch (status) {
    case 'running':
      return <Spinner className="size-5 text-busy" />;
    case 'done':
      return (
        <span className={cn(ring, 'bg-running/15 text-running-text')}>
          <Check aria-hidden />
        </span>
      );
    case 'failed':
      return (
        <span className={cn(ring, 'bg-fail/15 text-fail-text')}>
          <X aria-hidden />
        </span>
      );
    case 'skipped':
      return (
        <span className={cn(ring, 'text-ink-faint')}>
          <Minus aria-hidden />
        </span>
      );
    case 'waiting':
      return <span className={cn(ring, 'border border-line-strong border-dashed')} />;
  }
}

function durationOf(step: TimelineStep, now: number | null): number | null {
  if (step.startedAt === null || step.status === 'skipped' || step.status === 'waiting') return null;
  const end = step.finishedAt ?? now;
  return end === null ? null : Math.max(0, end - step.startedAt);
}

function useNow(active: boolean): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    if (!active) return;
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 100);
    return () => clearInterval(timer);
  }, [active]);
  return now;
}
