'use client';
import type { LogRange } from '@zarpa/ui/components/log-viewer';
import { useCallback, useState } from 'react';
import { readRange, writeRange } from './line-range.ts';

/** The chosen lines, kept in the address so that it can be shared. Used in the browser alone. */
export function useLineRange(): [LogRange | null, (range: LogRange | null) => void] {
  const [range, setRange] = useState(() => readRange(window.location.hash));
  const choose = useCallback((next: LogRange | null) => {
    setRange(next);
    const { pathname, search } = window.location;
    window.history.replaceState(window.history.state, '', `${pathname}${search}${next ? writeRange(next) : ''}`);
  }, []);
  return [range, choose];
}
