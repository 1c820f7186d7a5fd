import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react';
import { type LogItem, textOfItems } from '../../lib/log-items.ts';
import type { LogRange } from './types.ts';
import type { LogScroll } from './use-log-scroll.ts';

interface Cursor {
  /** The line that the keyboard is at. */
  currentId: string | null;
  select: (id: string, extend: boolean) => void;
  /** True where the key was one of the cursor's. */
  onKey: (event: KeyboardEvent) => boolean;
  onCopy: (event: ClipboardEvent) => void;
  leave: () => void;
}

/** Moves through the lines, chooses and copies them by keyboard, as a list with one focus; the gutter chooses by mouse. */
export function useLogCursor({
  items,
  selection,
  onSelectionChange,
  onCopied,
  currentId,
  moveTo,
  scroll,
}: {
  items: readonly LogItem[];
  selection: LogRange | null;
  onSelectionChange: ((selection: LogRange | null) => void) | undefined;
  onCopied: ((lines: number) => void) | undefined;
  currentId: string | null;
  moveTo: (id: string | null) => void;
  scroll: LogScroll;
}): Cursor {
  const anchor = useRef<string | null>(null);
  const indexOf = (id: string | null | undefined) => items.findIndex((item) => item.id === id);

  const select = (id: string, extend: boolean) => {
    if (!extend && selection?.from === id && selection.to === id) return onSelectionChange?.(null);
    if (!extend || indexOf(anchor.current) < 0) anchor.current = id;
    const ends = [anchor.current ?? id, id].sort((a, b) => indexOf(a) - indexOf(b));
    onSelectionChange?.({ from: ends[0] ?? id, to: ends[1] ?? id });
  };

  const start = () => {
    const chosen = indexOf(currentId ?? selection?.to);
    if (chosen >= 0) return chosen;
    return scroll.following ? items.length : scroll.firstVisible() - 1;
  };
  const step = (event: KeyboardEvent, at: number): number | undefined => {
    switch (event.key) {
      case 'ArrowDown':
        return at + 1;
      case 'ArrowUp':
        return at - 1;
      case 'PageDown':
        return at + scroll.pageRows();
      case 'PageUp':
        return at - scroll.pageRows();
      case 'Home':
        return 0;
      case 'End':
        return items.length - 1;
      default:
        return undefined;
    }
  };

  const onKey = (event: KeyboardEvent): boolean => {
    if (!onSelectionChange || items.length === 0) return false;
    const at = start();
    if (event.key === 'Enter') {
      const item = items[at];
      if (item) select(item.id, event.shiftKey);
      return true;
    }
    const to = step(event, at);
    const item = items[Math.min(items.length - 1, Math.max(0, to ?? 0))];
    if (to === undefined || !item) return false;
    if (event.shiftKey) {
      if (indexOf(anchor.current) < 0) anchor.current = items[at]?.id ?? item.id;
      select(item.id, true);
    } else anchor.current = null;
    moveTo(item.id);
    scroll.showItem(item.id, 'auto');
    return true;
  };

  const onCopy = (event: ClipboardEvent) => {
    if (window.getSelection()?.isCollapsed === false) return;
    const [from, to] = [indexOf(selection?.from ?? currentId), indexOf(selection?.to ?? currentId)];
    if (from < 0 || to < from) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', textOfItems(items.slice(from, to + 1)));
    onCopied?.(to - from + 1);
  };

  return { currentId: indexOf(currentId) < 0 ? null : currentId, select, onKey, onCopy, leave: () => moveTo(null) };
}
