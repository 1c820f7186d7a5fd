'use client';
import { useEffect, useState } from 'react';
import type { LiveLog } from '@/api/logs.ts';

/** Loads older lines until the one that a link names is there. `gone` where it is no longer kept. */
export function useFirstLine(log: LiveLog, lineId: string | null): 'searching' | 'there' | 'gone' {
  const [found, setFound] = useState<'there' | 'gone' | null>(lineId === null ? 'there' : null);
  const { lines, ready, hasOlder, loadingOlder, loadOlder } = log;
  useEffect(() => {
    if (found !== null || !ready) return;
    if (lines.some(({ id }) => id === lineId)) setFound('there');
    else if (lines.length > 0 && hasOlder) loadOlder();
    else if (!loadingOlder) setFound('gone');
  }, [found, ready, lines, lineId, hasOlder, loadingOlder, loadOlder]);
  return found ?? 'searching';
}
