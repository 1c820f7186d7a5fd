import { cn } from '../lib/cn.ts';

/** The last values as a line without axes. `ceiling` is the value at the top; without it the highest value. */
export function Sparkline({
  values,
  ceiling,
  label,
  className,
}: {
  values: readonly number[];
  ceiling?: number;
  label: string;
  className?: string;
}) {
  const top = Math.max(ceiling ?? 0, ...values, Number.EPSILON);
  const points = values.map((value, index): [number, number] => [
    values.length < 2 ? 0 : (index / (values.length - 1)) * 100,
    23 - (value / top) * 21,
  ]);
  const line = points.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(' ');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 24"
      preserveAspectRatio="none"
      className={cn('h-6 w-24 text-brand', className)}
    >
      {points.length < 2 ? (
        <line
          x1="0"
          x2="100"
          y1="23"
          y2="23"
          stroke="var(--line-strong)"
          strokeDasharray="2 3"
          vectorEffect="non-scaling-stroke"
        />
      ) : (
        <>
          <polygon points={`0,24 ${line} 100,24`} fill="currentColor" opacity="0.12" />
          <polyline
            points={line}
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
          />
        </>
      )}
    </svg>
  );
}
