import { useRef } from 'react';

/** While paused, the value as it was when the pause began, and how many entries came since. */
export function useFrozen<Entry>(
  live: readonly Entry[],
  paused: boolean,
): { shown: readonly Entry[]; waiting: number } {
  const frozen = useRef<readonly Entry[] | null>(null);
  if (!paused) frozen.current = null;
  else frozen.current ??= live;
  const shown = frozen.current ?? live;
  const last = shown.at(-1);
  if (shown === live || last === undefined) return { shown, waiting: live.length - shown.length };
  return { shown, waiting: live.length - 1 - live.lastIndexOf(last) };
}
