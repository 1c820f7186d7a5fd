'use client';
import { useClock } from './use-clock.ts';
import { useFormat } from './use-format.ts';

const refreshMs = 10_000;

/** How long ago something was, with the exact moment on hover. `at` is ISO 8601. */
export function TimeAgo({ at, className }: { at: string; className?: string }) {
  const now = useClock(refreshMs);
  const format = useFormat();
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={format.moment(moment)} className={className} suppressHydrationWarning>
      {format.ago(moment, now.getTime())}
    </time>
  );
}
