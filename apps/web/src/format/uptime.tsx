'use client';
import { useClock } from './use-clock.ts';
import { useFormat } from './use-format.ts';

/** How long something has lasted, counting on. `since` is ISO 8601. */
export function Uptime({ since, className }: { since: string; className?: string }) {
  const now = useClock(1_000);
  const format = useFormat();
  return (
    <time dateTime={since} title={format.moment(Date.parse(since))} className={className} suppressHydrationWarning>
      {format.duration(Math.max(1_000, Math.floor((now.getTime() - Date.parse(since)) / 1_000) * 1_000))}
    </time>
  );
}
