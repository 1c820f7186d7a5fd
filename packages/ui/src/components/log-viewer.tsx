'use client';
import { ArrowDown } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { cn } from '../lib/cn.ts';
import type { LogViewerLine } from '../lib/log-items.ts';
import { toLogItems } from '../lib/log-items.ts';
import { LogRow } from './log-viewer/log-row.tsx';
import { LogToolbar } from './log-viewer/log-toolbar.tsx';
import type { LogMarker, LogRange, LogViewerLabels } from './log-viewer/types.ts';
import { useFrozen } from './log-viewer/use-frozen.ts';
import { useLogScroll } from './log-viewer/use-log-scroll.ts';
import { useLogSearch } from './log-viewer/use-log-search.ts';

export type { LogMarker, LogRange, LogViewerLabels, LogViewerLine };

/** What the log viewer needs. */
export interface LogViewerProps {
  /** In order. Objects must be stable: a line keeps its identity while it is shown. */
  lines: readonly LogViewerLine[];
  labels: LogViewerLabels;
  /** The sentence of an entry that is not the bot's: started, exited, dropped, notice. */
  describe: (line: LogViewerLine) => LogMarker;
  /** What is shown while there are no lines. */
  empty: ReactNode;
  /** Chosen lines, first to last, by id; shared through the address. */
  selection?: LogRange | null;
  onSelectionChange?: (selection: LogRange | null) => void;
  /** Called when the oldest line comes into view. Leave out where nothing older is kept. */
  onReachStart?: () => void;
  loadingOlder?: boolean;
  /** Further controls at the right of the toolbar, such as download or jump to a time. */
  actions?: ReactNode;
  /** Starts at this line instead of the end. */
  initialLineId?: string;
  className?: string;
}

/** A live log: virtualised, follows the end, searches, pauses, keeps drawn QR codes scannable. */
export function LogViewer(props: LogViewerProps) {
  const { labels, selection = null, onSelectionChange, className } = props;
  const [paused, setPaused] = useState(false);
  const { shown: lines, waiting } = useFrozen(props.lines, paused);
  const all = useMemo(() => toLogItems(lines), [lines]);
  const search = useLogSearch(all);
  const items = search.items;
  const viewport = useRef<HTMLDivElement>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const scroll = useLogScroll({
    items,
    viewport,
    initialLineId: props.initialLineId,
    onReachStart: props.onReachStart,
  });
  const anchor = useRef<string | null>(null);

  const current = search.currentId;
  const { showItem } = scroll;
  useEffect(() => {
    if (current !== null) showItem(current);
  }, [current, showItem]);

  const select = (id: string, extend: boolean) => {
    if (!extend && selection?.from === id && selection.to === id) return onSelectionChange?.(null);
    if (!extend || anchor.current === null) anchor.current = id;
    const ends = [anchor.current, id].sort((a, b) => indexOf(items, a) - indexOf(items, b));
    onSelectionChange?.({ from: ends[0] ?? id, to: ends[1] ?? id });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
    const onControl = event.target instanceof HTMLButtonElement;
    if (event.key === '/') searchInput.current?.focus();
    else if (event.key === 'f') scroll.follow();
    else if (event.key === ' ' && !onControl) setPaused((before) => !before);
    else if (event.key === 'Escape') onSelectionChange?.(null);
    else return;
    event.preventDefault();
  };

  const [from, to] = selection ? [indexOf(items, selection.from), indexOf(items, selection.to)] : [-1, -1];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts for the region; every one has a button too
    <div
      className={cn(
        'relative flex min-h-0 flex-col overflow-hidden rounded-xl border border-line bg-surface',
        className,
      )}
      onKeyDown={onKeyDown}
    >
      <LogToolbar
        labels={labels}
        search={search}
        searchInput={searchInput}
        paused={paused}
        waiting={waiting}
        onPausedChange={setPaused}
        following={scroll.following}
        onFollow={scroll.follow}
        actions={props.actions}
      />
      <div
        ref={viewport}
        role="log"
        aria-label={labels.region}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="scroll-slim min-h-0 flex-1 overflow-y-auto overscroll-contain py-2 outline-offset-[-2px] [overflow-anchor:none]"
      >
        {items.length === 0 ? (
          <div className="px-4 py-10 text-center text-ink-soft text-sm">
            {search.query ? labels.noMatches : props.empty}
          </div>
        ) : null}
        {props.loadingOlder ? <p className="py-1 text-center text-ink-faint text-xs">{labels.loadingOlder}</p> : null}
        <div className="relative w-full" style={{ height: scroll.totalSize }}>
          {scroll.rows.map((row) => {
            const item = items[row.index];
            if (!item) return null;
            return (
              <div
                key={row.key}
                ref={scroll.measure}
                data-index={row.index}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <LogRow
                  item={item}
                  labels={labels}
                  describe={props.describe}
                  query={search.query}
                  currentMatch={item.id === current}
                  selected={row.index >= from && row.index <= to && from >= 0}
                  onSelect={onSelectionChange ? select : undefined}
                />
              </div>
            );
          })}
        </div>
      </div>
      {scroll.unseen > 0 ? (
        <button
          type="button"
          onClick={scroll.follow}
          className="-translate-x-1/2 absolute bottom-3 left-1/2 flex h-8 animate-enter items-center gap-1.5 rounded-full bg-brand px-3.5 font-medium text-brand-ink text-xs shadow-menu pointer-coarse:h-11"
        >
          <ArrowDown aria-hidden className="size-3.5" />
          {labels.newLines(scroll.unseen)}
        </button>
      ) : null}
    </div>
  );
}

const indexOf = (items: readonly { id: string }[], id: string): number => items.findIndex((item) => item.id === id);
