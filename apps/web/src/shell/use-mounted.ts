'use client';
import { useCallback, useEffect, useRef } from 'react';

/** Asks whether what asked for something is still shown: an answer that comes later has to be told elsewhere. */
export function useMounted(): () => boolean {
  const mounted = useRef(false);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  return useCallback(() => mounted.current, []);
}
