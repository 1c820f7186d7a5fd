'use client';
import { ArrowDown } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { cn } from '../lib/cn.ts';
import type { LogViewerLine } from '../lib/log-items.ts';
import { toLogItems } from '../lib/log-items.ts';
import { LogLines } from './log-viewer/log-lines.tsx';
import { LogToolbar } from './log-viewer/log-toolbar.tsx';
import type { LogMarker, LogRange, LogViewerLabels } from './log-viewer/types.ts';
import { useFrozen } from './log-viewer/use-frozen.ts';
import { useLogCursor } from './log-viewer/use-log-cursor.ts';
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
  /** Lines were copied by keyboard. */
  onCopied?: (lines: number) => void;
  /** A line to go to, each time that another object is given. */
  jump?: { lineId: string } | null;
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
  const [cursorId, moveTo] = useState<string | null>(null);
  const { initialLineId, onReachStart, onCopied, jump } = props;
  const scroll = useLogScroll({ items, viewport, initialLineId, onReachStart, held: cursorId !== null });
  const cursor = useLogCursor({
    items,
    selection,
    onSelectionChange,
    onCopied,
    currentId: cursorId,
    moveTo,
    scroll,
  });
  const keysId = useId();

  const current = search.currentId;
  const { showItem } = scroll;
  useEffect(() => {
    if (current !== null) showItem(current);
  }, [current, showItem]);
  useEffect(() => {
    if (!jump) return;
    showItem(jump.lineId, 'start');
    viewport.current?.focus({ preventScroll: true });
  }, [jump, showItem]);

  const follow = () => {
    cursor.leave();
    scroll.follow();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
    const onControl = event.target instanceof HTMLButtonElement;
    if (event.target === viewport.current && cursor.onKey(event)) return event.preventDefault();
    if (event.key === '/') searchInput.current?.focus();
    else if (event.key === 'f') follow();
    else if (event.key === ' ' && !onControl) setPaused((before) => !before);
    else if (event.key === 'Escape') onSelectionChange?.(null);
    else return;
    event.preventDefault();
  };

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
        onFollow={follow}
        actions={props.actions}
      />
      {items.length === 0 ? (
        <div className="px-4 pt-12 text-center text-ink-soft text-sm">
          {search.query ? labels.noMatches : props.empty}
        </div>
      ) : null}
      {props.loadingOlder ? (
        <p role="status" className="py-1 text-center text-ink-faint text-xs">
          {labels.loadingOlder}
        </p>
      ) : null}
      <div role="log" aria-label={labels.region} aria-live="off" className="relative flex min-h-0 flex-1 flex-col">
        <LogLines
          viewport={viewport}
          items={items}
          scroll={scroll}
          cursor={cursor}
          selection={selection}
          keysId={keysId}
          labels={labels}
          describe={props.describe}
          query={search.query}
          currentMatchId={current}
        />
        <p
          id={keysId}
          className="sr-only peer-focus-visible:not-sr-only peer-focus-visible:pointer-events-none peer-focus-visible:absolute peer-focus-visible:bottom-2 peer-focus-visible:left-2 peer-focus-visible:z-1 peer-focus-visible:rounded-lg peer-focus-visible:border peer-focus-visible:border-line peer-focus-visible:bg-surface peer-focus-visible:px-2.5 peer-focus-visible:py-1 peer-focus-visible:text-ink-soft peer-focus-visible:text-xs max-sm:hidden"
        >
          {labels.keys}
        </p>
      </div>
      {scroll.unseen > 0 ? (
        <button
          type="button"
          onClick={follow}
          className="-translate-x-1/2 absolute bottom-3 left-1/2 flex h-8 animate-enter items-center gap-1.5 rounded-full bg-brand px-3.5 font-medium text-brand-ink text-xs shadow-menu pointer-coarse:h-11"
        >
          <ArrowDown aria-hidden className="size-3.5" />
          {labels.newLines(scroll.unseen)}
        </button>
      ) : null}
    </div>
  );
}
