'use client';
import { useId } from 'react';
import { Area, AreaChart, CartesianGrid, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

/** What a chart over time needs. */
export interface TimeSeriesPlotProps {
  /** In order of time; null is a gap (nothing ran). */
  points: readonly { at: number; value: number | null }[];
  label: string;
  /** First and last moment shown, in ms. */
  from: number;
  to: number;
  formatValue: (value: number) => string;
  formatTime: (at: number) => string;
  /** Exact moment, in the crosshair's box. */
  formatMoment: (at: number) => string;
  /** A dashed line such as the plan's memory; the scale always reaches it. */
  limit?: { value: number; label: string };
  /** Upper end of the scale, cut into quarters; as the points ask for where left out. */
  top?: number;
  colour?: 'brand' | 'busy';
}

const axis = { stroke: 'none', tick: { fill: 'var(--ink-faint)', fontSize: 11 }, tickLine: false } as const;

const quarters = [0, 0.25, 0.5, 0.75, 1];

/** Drawn by recharts; import `TimeSeriesChart` instead, which loads it when needed. */
export default function TimeSeriesPlot(props: TimeSeriesPlotProps) {
  const { points, from, to, formatValue, formatTime, formatMoment, limit, top, colour = 'brand' } = props;
  const gradientId = useId();
  const stroke = `var(--${colour})`;
  const ceiling = top ?? (limit ? (highest: number) => Math.max(highest, limit.value) : 'auto');
  return (
    <ResponsiveContainer width="100%" height="100%">
      <AreaChart data={[...points]} margin={{ top: 8, right: 4, bottom: 0, left: 0 }}>
        <defs>
          <linearGradient id={gradientId} x1="0" x2="0" y1="0" y2="1">
            <stop offset="0" stopColor={stroke} stopOpacity={0.24} />
            <stop offset="1" stopColor={stroke} stopOpacity={0.02} />
          </linearGradient>
        </defs>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis {...axis} dataKey="at" type="number" domain={[from, to]} tickFormatter={formatTime} minTickGap={48} />
        <YAxis
          {...axis}
          domain={[0, ceiling]}
          tickFormatter={formatValue}
          width={58}
          tickCount={4}
          {...(top === undefined ? {} : { ticks: quarters.map((quarter) => quarter * top), interval: 0 })}
        />
        <Tooltip
          cursor={{ stroke: 'var(--line-strong)' }}
          isAnimationActive={false}
          content={({ active, payload }) => {
            const point: unknown = payload?.[0]?.payload;
            if (!active || !isPoint(point)) return null;
            return (
              <div className="rounded-lg border border-line bg-surface px-2.5 py-1.5 text-xs shadow-menu">
                <p className="tabular font-medium">{formatValue(point.value)}</p>
                <p className="tabular text-ink-faint">{formatMoment(point.at)}</p>
              </div>
            );
          }}
        />
        {limit ? <ReferenceLine y={limit.value} stroke="var(--ink-faint)" strokeDasharray="4 4" /> : null}
        <Area
          dataKey="value"
          type="monotone"
          stroke={stroke}
          strokeWidth={1.5}
          fill={`url(#${gradientId})`}
          isAnimationActive={false}
          dot={false}
          activeDot={{ r: 3, fill: stroke, stroke: 'var(--surface)' }}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}

function isPoint(value: unknown): value is { at: number; value: number } {
  return typeof value === 'object' && value !== null && 'value' in value && typeof value.value === 'number';
}
