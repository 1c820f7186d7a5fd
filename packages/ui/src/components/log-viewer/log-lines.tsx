import { type MouseEvent, type RefObject, useId } from 'react';
import { cn } from '../../lib/cn.ts';
import type { LogItem, LogViewerLine } from '../../lib/log-items.ts';
import { LogRow } from './log-row.tsx';
import type { LogMarker, LogRange, LogViewerLabels } from './types.ts';
import type { useLogCursor } from './use-log-cursor.ts';
import type { LogScroll } from './use-log-scroll.ts';

/** The rows: to assistive technology one list with one place for the focus, however many lines there are. */
export function LogLines({
  viewport,
  items,
  scroll,
  cursor,
  selection,
  keysId,
  labels,
  describe,
  query,
  currentMatchId,
}: {
  viewport: RefObject<HTMLDivElement | null>;
  items: readonly LogItem[];
  scroll: LogScroll;
  cursor: ReturnType<typeof useLogCursor>;
  selection: LogRange | null;
  keysId: string;
  labels: LogViewerLabels;
  describe: (line: LogViewerLine) => LogMarker;
  query: string;
  currentMatchId: string | null;
}) {
  const listId = useId();
  const [from, to] = [selection?.from, selection?.to].map((id) => items.findIndex((item) => item.id === id));
  const isSelected = (index: number) =>
    from !== undefined && to !== undefined && from >= 0 && from <= index && index <= to;
  const idOf = (id: string) => `${listId}${id}`;
  const isDrawn = scroll.rows.some(({ key }) => key === cursor.currentId);

  // Assistive technology presses a row as a whole, which has no place (`detail` 0); the mouse presses its time.
  const onClick = (event: MouseEvent, id: string) => {
    const onTime = event.target instanceof Element && event.target.closest('[data-gutter]') !== null;
    if (onTime || event.detail === 0) cursor.select(id, event.shiftKey);
  };
  return (
    <div
      ref={viewport}
      role="listbox"
      aria-label={labels.region}
      aria-multiselectable
      aria-describedby={keysId}
      aria-activedescendant={isDrawn && cursor.currentId !== null ? idOf(cursor.currentId) : undefined}
      tabIndex={0}
      onCopy={cursor.onCopy}
      // A press focuses the row that it meets, which may be gone with the next lines.
      onFocus={() => viewport.current?.focus({ preventScroll: true })}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) cursor.leave();
      }}
      className="peer scroll-slim min-h-0 flex-1 overflow-y-auto overscroll-contain py-2 outline-offset-[-2px] [overflow-anchor:none]"
    >
      <div role="presentation" className="relative w-full" style={{ height: scroll.totalSize }}>
        {scroll.rows.map((row) => {
          const item = items[row.index];
          if (!item) return null;
          const selected = isSelected(row.index);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and the keys
            <div
              key={row.key}
              ref={scroll.measure}
              data-index={row.index}
              id={idOf(item.id)}
              role="option"
              tabIndex={-1}
              aria-selected={selected}
              aria-posinset={row.index + 1}
              aria-setsize={items.length}
              onClick={(event) => onClick(event, item.id)}
              className={cn(
                'absolute inset-x-0 top-0',
                item.id === cursor.currentId && 'z-1 outline-2 outline-brand outline-offset-[-2px]',
              )}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <LogRow
                item={item}
                labels={labels}
                describe={describe}
                query={query}
                currentMatch={item.id === currentMatchId}
                selected={selected}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
