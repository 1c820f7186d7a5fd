'use client';
import { useNow } from 'next-intl';
import { useLayoutEffect, useState } from 'react';

/** The present moment, renewed every `updateMs`. Begins with the server's, so that both draw the same, and is right before it is seen. */
export function useClock(updateMs: number): Date {
  const atServer = useNow();
  const [now, setNow] = useState(atServer);
  useLayoutEffect(() => {
    const tick = () => setNow(new Date());
    tick();
    const timer = setInterval(tick, updateMs);
    return () => clearInterval(timer);
  }, [updateMs]);
  return now;
}
