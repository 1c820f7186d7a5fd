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
  /** Leads to more about the step; `hint` says what. */
  onPress?: () => void;
  hint?: string;
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
          <li
            key={step.key}
            className={cn(
              'relative grid min-h-9 grid-cols-[1.25rem_7.5rem_1fr_auto] items-center gap-x-3 text-sm pointer-coarse:min-h-11',
              step.onPress &&
                "before:-inset-x-2 before:absolute before:inset-y-0 before:rounded-lg before:transition-colors before:content-[''] hover:before:bg-raised/70",
            )}
          >
            <span className="relative">
              <StepMark status={step.status} />
            </span>
            <StepLabel step={step} status={statusLabel(step.status)} />
            <span aria-hidden className="relative h-1.5 overflow-hidden rounded-full bg-raised">
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
            <span className="tabular relative min-w-14 text-right text-ink-soft text-xs">
              {duration === null ? '' : formatDuration(duration)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function StepLabel({ step, status }: { step: TimelineStep; status: string }) {
  const look = step.status === 'waiting' || step.status === 'skipped' ? 'text-ink-faint' : 'font-medium';
  const words = (
    <>
      {step.label}
      <span className="sr-only">, {status}</span>
    </>
  );
  if (!step.onPress) return <span className={cn('relative', look)}>{words}</span>;
  return (
    <button
      type="button"
      title={step.hint}
      onClick={step.onPress}
      className={cn('text-left after:-inset-x-2 after:absolute after:inset-y-0 after:z-1 after:rounded-lg', look)}
    >
      <span className="relative underline decoration-dotted decoration-ink-faint underline-offset-4">{words}</span>
      {step.hint === undefined ? null : <span className="sr-only">. {step.hint}</span>}
    </button>
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
