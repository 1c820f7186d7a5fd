import { cn } from '../lib/cn.ts';

/** Memory in use against the plan's. Turns to warning at 80 % and to failure at 95 %. */
export function MemoryBar({
  usedBytes,
  limitBytes,
  label,
  className,
}: {
  /** Null where nothing runs. */
  usedBytes: number | null;
  limitBytes: number;
  label: string;
  className?: string;
}) {
  const share = usedBytes === null || limitBytes === 0 ? 0 : Math.min(1, usedBytes / limitBytes);
  const colour = share >= 0.95 ? 'bg-fail' : share >= 0.8 ? 'bg-warn' : 'bg-brand';
  return (
    <div role="img" aria-label={label} className={cn('h-1.5 w-full overflow-hidden rounded-full bg-line', className)}>
      <div className={cn('h-full rounded-full transition-[width]', colour)} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
