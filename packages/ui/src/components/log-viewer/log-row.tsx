import { memo } from 'react';
import { cn } from '../../lib/cn.ts';
import { type LogItem, type LogViewerLine, readLine } from '../../lib/log-items.ts';
import type { LogLevel } from '../../lib/log-level.ts';
import { StateMark } from '../state-badge.tsx';
import { LogDrawing } from './log-drawing.tsx';
import { LogText } from './log-text.tsx';
import type { LogMarker, LogViewerLabels } from './types.ts';

const edges: Record<LogLevel, string> = {
  error: 'border-l-fail bg-fail/5',
  warn: 'border-l-warn bg-warn/6',
  info: 'border-l-transparent',
  debug: 'border-l-transparent text-ink-soft',
};

interface LogRowProps {
  item: LogItem;
  labels: LogViewerLabels;
  describe: (line: LogViewerLine) => LogMarker;
  query: string;
  currentMatch: boolean;
  selected: boolean;
}

/** One row: the time at the left, the level as the thin edge, the text. */
export const LogRow = memo(
  function LogRow({ item, labels, describe, query, currentMatch, selected }: LogRowProps) {
    if (item.kind === 'marker')
      return <Marker marker={describe(item.line)} line={item.line} labels={labels} selected={selected} />;
    const level = item.kind === 'line' ? readLine(item.line).level : undefined;
    return (
      <div
        className={cn(
          'flex border-l-2 border-l-transparent font-mono text-sm leading-5 hover:bg-raised/70',
          level && edges[level],
          currentMatch && 'bg-warn/14',
          selected && 'bg-brand/12 hover:bg-brand/16 [&_[data-gutter]]:text-ink-soft',
        )}
      >
        <Gutter item={item} labels={labels} />
        <div className="min-w-0 flex-1 pr-4">
          {item.kind === 'drawing' ? (
            <LogDrawing squares={item.squares} label={labels.qrDrawing} />
          ) : (
            <LogText line={readLine(item.line)} query={query} />
          )}
        </div>
      </div>
    );
  },
  (before, after) =>
    before.item.line === after.item.line &&
    sameDrawing(before.item, after.item) &&
    before.query === after.query &&
    before.currentMatch === after.currentMatch &&
    before.selected === after.selected &&
    before.labels === after.labels,
);

function sameDrawing(before: LogItem, after: LogItem): boolean {
  if (before.kind !== after.kind) return false;
  return before.kind !== 'drawing' || after.kind !== 'drawing' || before.squares === after.squares;
}

function Gutter({ item, labels }: Pick<LogRowProps, 'item' | 'labels'>) {
  const time = item.kind === 'line' && item.continued ? '' : labels.formatTime(item.line.at);
  return (
    <span
      data-gutter
      title={time === '' ? undefined : labels.formatMoment(item.line.at)}
      className="tabular w-[4.75rem] shrink-0 cursor-pointer select-none self-stretch pl-3 text-left font-mono text-2xs text-ink-faint leading-5 hover:text-brand max-sm:w-[3.75rem] max-sm:pl-2 max-sm:tracking-tighter"
    >
      {time}
    </span>
  );
}

const tints = {
  running: 'text-running-text',
  busy: 'text-busy-text',
  warn: 'text-warn-text',
  fail: 'text-fail-text',
  idle: 'text-ink-soft',
} as const;

function Marker({
  marker,
  line,
  labels,
  selected,
}: {
  marker: LogMarker;
  line: LogViewerLine;
  labels: LogViewerLabels;
  selected: boolean;
}) {
  return (
    <div className={cn('flex items-center gap-3 px-3 py-2 text-xs', tints[marker.tone], selected && 'bg-brand/12')}>
      <span aria-hidden className="h-px w-4 bg-current opacity-40 sm:w-16" />
      <StateMark tone={marker.tone} />
      <span className="min-w-0 font-medium">{marker.text}</span>
      <time
        className={cn('shrink-0', selected ? 'text-ink-soft' : 'text-ink-faint')}
        title={labels.formatMoment(line.at)}
      >
        {labels.formatTime(line.at)}
      </time>
      <span aria-hidden className="h-px min-w-4 flex-1 bg-current opacity-40" />
    </div>
  );
}
