'use client';
import { lazy, Suspense } from 'react';
import { cn } from '../lib/cn.ts';
import type { TimeSeriesPlotProps } from './time-series-plot.tsx';

const Plot = lazy(() => import('./time-series-plot.tsx'));

/** An area over time with a crosshair. The drawing library arrives after the page; the space is kept meanwhile. */
export function TimeSeriesChart({ className, ...props }: TimeSeriesPlotProps & { className?: string }) {
  return (
    <figure aria-label={props.label} className={cn('h-48 w-full', className)}>
      <Suspense fallback={<span aria-hidden className="skeleton block h-full rounded-lg" />}>
        <Plot {...props} />
      </Suspense>
    </figure>
  );
}
