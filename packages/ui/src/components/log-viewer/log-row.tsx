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
  onSelect: ((id: string, extend: boolean) => void) | undefined;
}

/** One row: the time at the left, the level as the thin edge, the text. */
export const LogRow = memo(
  function LogRow({ item, labels, describe, query, currentMatch, selected, onSelect }: LogRowProps) {
    if (item.kind === 'marker') return <Marker marker={describe(item.line)} line={item.line} labels={labels} />;
    const level = item.kind === 'line' ? readLine(item.line).level : undefined;
    return (
      <div
        className={cn(
          'flex border-l-2 border-l-transparent font-mono text-sm leading-5 hover:bg-raised/70',
          level && edges[level],
          currentMatch && 'bg-warn/14',
          selected && 'bg-brand/12 hover:bg-brand/16',
        )}
      >
        <Gutter item={item} labels={labels} onSelect={onSelect} />
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

function Gutter({ item, labels, onSelect }: Pick<LogRowProps, 'item' | 'labels' | 'onSelect'>) {
  const time = item.kind === 'line' && item.continued ? '' : labels.formatTime(item.line.at);
  const look =
    'tabular w-[4.75rem] shrink-0 self-start select-none pl-3 text-left font-mono text-2xs leading-5 text-ink-faint max-sm:w-[3.75rem] max-sm:pl-2 max-sm:tracking-tighter';
  if (!onSelect || time === '') return <span className={look}>{time}</span>;
  return (
    <button
      type="button"
      tabIndex={-1}
      title={labels.formatMoment(item.line.at)}
      aria-label={labels.selectLine(time)}
      className={cn(look, 'hover:text-brand')}
      onClick={(event) => onSelect(item.id, event.shiftKey)}
    >
      {time}
    </button>
  );
}

const tints = {
  running: 'text-running-text',
  busy: 'text-busy-text',
  warn: 'text-warn-text',
  fail: 'text-fail-text',
  idle: 'text-ink-soft',
} as const;

function Marker({ marker, line, labels }: { marker: LogMarker; line: LogViewerLine; labels: LogViewerLabels }) {
  return (
    <div className={cn('flex items-center gap-3 px-3 py-2 text-xs', tints[marker.tone])}>
      <span aria-hidden className="h-px w-4 bg-current opacity-40 sm:w-16" />
      <StateMark tone={marker.tone} />
      <span className="min-w-0 font-medium">{marker.text}</span>
      <time className="shrink-0 text-ink-faint" title={labels.formatMoment(line.at)}>
        {labels.formatTime(line.at)}
      </time>
      <span aria-hidden className="h-px min-w-4 flex-1 bg-current opacity-40" />
    </div>
  );
}
