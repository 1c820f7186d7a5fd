import type { ReactNode } from 'react';
import { cn } from '../lib/cn.ts';

/** The five tones that any state is shown in. */
export type StateTone = 'running' | 'busy' | 'warn' | 'fail' | 'idle';

const colour: Record<StateTone, string> = {
  running: 'text-running',
  busy: 'text-busy',
  warn: 'text-warn',
  fail: 'text-fail',
  idle: 'text-idle',
};

function shape(tone: StateTone): ReactNode {
  switch (tone) {
    case 'running':
      return <circle cx="6" cy="6" r="4.5" fill="currentColor" />;
    case 'busy':
      return (
        <g className="origin-center animate-spin">
          <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="17 9" />
        </g>
      );
    case 'warn':
      return <path d="M6 1.2 11.2 10.6H.8Z" fill="currentColor" strokeLinejoin="round" />;
    case 'fail':
      return <rect x="2" y="2" width="8" height="8" rx="1" fill="currentColor" transform="rotate(45 6 6)" />;
    case 'idle':
      return <circle cx="6" cy="6" r="3.75" fill="none" stroke="currentColor" strokeWidth="1.75" />;
  }
}

/** The mark of a state: its colour and its shape. Always stands beside the word. */
export function StateMark({ tone, className }: { tone: StateTone; className?: string }) {
  return (
    <svg
      viewBox="0 0 12 12"
      aria-hidden="true"
      className={cn('size-3 shrink-0 overflow-visible', colour[tone], className)}
    >
      {shape(tone)}
    </svg>
  );
}

/** Colour, shape and word of a state. */
export function StateBadge({
  tone,
  children,
  className,
}: {
  tone: StateTone;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span className={cn('inline-flex items-center gap-2 whitespace-nowrap font-medium text-sm', className)}>
      <StateMark tone={tone} />
      {children}
    </span>
  );
}
