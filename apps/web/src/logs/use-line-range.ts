'use client';
import type { LogRange } from '@zarpa/ui/components/log-viewer';
import { useCallback, useEffect, useRef, useState } from 'react';
import { readRange, writeRange } from './line-range.ts';

/** Browsers refuse to have the address changed with every key that is held down. */
const settledMs = 200;

/** The chosen lines, kept in the address so that it can be shared. Used in the browser alone. */
export function useLineRange(): [LogRange | null, (range: LogRange | null) => void] {
  const [range, setRange] = useState(() => readRange(window.location.hash));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const choose = useCallback((next: LogRange | null) => {
    setRange(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => writeAddress(next), settledMs);
  }, []);
  return [range, choose];
}

function writeAddress(range: LogRange | null): void {
  const { pathname, search } = window.location;
  window.history.replaceState(window.history.state, '', `${pathname}${search}${range ? writeRange(range) : ''}`);
}
