'use client';
import { useEffect, useState } from 'react';

/** A value once it has not changed for a while. The first one counts at once; equal contents are the same value. */
export function useSettled<Value>(value: Value, pauseMs: number): Value {
  const [settled, settle] = useState(value);
  const key = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal contents are the same value
  useEffect(() => {
    const timer = setTimeout(() => settle(value), settled === undefined ? 0 : pauseMs);
    return () => clearTimeout(timer);
  }, [key, pauseMs]);
  return settled;
}
