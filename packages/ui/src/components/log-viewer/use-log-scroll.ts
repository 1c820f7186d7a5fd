import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { LogItem } from '../../lib/log-items.ts';

const rowHeightPx = 20;
const nearEndPx = 24;

/** What the viewer draws and how it stands. */
export interface LogScroll {
  rows: VirtualItem[];
  totalSize: number;
  measure: (element: Element | null) => void;
  following: boolean;
  /** Lines below that have not been seen since following stopped. */
  unseen: number;
  follow: () => void;
  /** `auto` scrolls no further than needed. */
  showItem: (id: string, align?: 'center' | 'start' | 'auto') => void;
  /** Index of the first row in view. */
  firstVisible: () => number;
  /** How many rows a page is. */
  pageRows: () => number;
}

/** Virtual rows that stay at the end while one is there, and hold still when older lines are put before them. */
export function useLogScroll({
  items,
  viewport,
  initialLineId,
  onReachStart,
  held,
}: {
  items: readonly LogItem[];
  viewport: RefObject<HTMLDivElement | null>;
  initialLineId: string | undefined;
  onReachStart: (() => void) | undefined;
  /** True while a line is being looked at: what arrives does not move it. */
  held: boolean;
}): LogScroll {
  const [following, setFollowing] = useState(initialLineId === undefined);
  const lastSeen = useRef<string | null>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 24,
    anchorTo: 'end',
    followOnAppend: following && !held,
    scrollEndThreshold: nearEndPx,
    onChange: (instance) => setFollowing(instance.isAtEnd(nearEndPx)),
  });

  const indexById = useRef((_id: string): number => -1);
  indexById.current = (id) => items.findIndex((item) => item.id === id);
  const showItem = useCallback(
    (id: string, align: 'center' | 'start' | 'auto' = 'center') => {
      const index = indexById.current(id);
      if (index >= 0) virtualizer.scrollToIndex(index, { align });
    },
    [virtualizer],
  );

  const placed = useRef(false);
  const hasItems = items.length > 0;
  useEffect(() => {
    if (placed.current || !hasItems) return;
    placed.current = true;
    if (initialLineId === undefined) virtualizer.scrollToEnd();
    else showItem(initialLineId);
  }, [hasItems, initialLineId, showItem, virtualizer]);

  const lastId = items.at(-1)?.id ?? null;
  if (following || lastSeen.current === null) lastSeen.current = lastId;
  const seenIndex = following ? items.length - 1 : indexById.current(lastSeen.current ?? '');

  const rows = virtualizer.getVirtualItems();
  const atStart = hasItems && rows[0]?.index === 0 && placed.current && !following;
  useEffect(() => {
    if (atStart) onReachStart?.();
  }, [atStart, onReachStart]);

  return {
    rows,
    totalSize: virtualizer.getTotalSize(),
    measure: virtualizer.measureElement,
    following,
    unseen: seenIndex < 0 ? 0 : items.length - 1 - seenIndex,
    follow: () => virtualizer.scrollToEnd(),
    showItem,
    firstVisible: () => virtualizer.getVirtualItemForOffset(virtualizer.scrollOffset ?? 0)?.index ?? 0,
    pageRows: () => Math.max(1, Math.floor((viewport.current?.clientHeight ?? 0) / rowHeightPx) - 1),
  };
}
