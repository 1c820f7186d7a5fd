'use client';
import type { InstanceView } from '@zarpa/api-client';
import { Panel, PanelBody, PanelHeader } from '@zarpa/ui/components/panel';
import { TimeSeriesChart } from '@zarpa/ui/components/time-series-chart';
import { cn } from '@zarpa/ui/lib/cn';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useMetrics } from '@/api/metrics.ts';
import { useClock } from '@/format/use-clock.ts';
import { useFormat } from '@/format/use-format.ts';
import { cpuTop, memoryTop } from './chart-top.ts';
import { withGaps } from './with-gaps.ts';

const ranges = ['1h', '7d'] as const;
type Range = (typeof ranges)[number];
const spans: Record<Range, number> = { '1h': 3_600_000, '7d': 7 * 86_400_000 };
const bytesPerMegabyte = 1_048_576;

/** CPU and memory over the last hour or the last seven days. */
export function Charts({ instance }: { instance: InstanceView }) {
  const t = useTranslations('overview.charts');
  const format = useFormat();
  const [range, setRange] = useState<Range>('1h');
  const now = useClock(15_000).getTime();
  const series = useMetrics(instance.instanceId, range).data;
  const points = withGaps(series?.points ?? [], series?.stepMs ?? 15_000);
  const memory = points.map(({ at, sample }) => ({ at, value: sample && sample.memoryBytes / bytesPerMegabyte }));
  const cpu = points.map(({ at, sample }) => ({ at, value: sample && sample.cpuMillis / 1000 }));
  const top = memoryTop(peakOf(memory), instance.memoryMb);
  const limit = { value: instance.memoryMb, label: format.megabytes(instance.memoryMb) };
  const shared = {
    from: now - spans[range],
    to: now,
    formatTime: range === '1h' ? format.clock : format.day,
    formatMoment: format.dayClock,
    className: 'h-52',
  };
  const none = series !== undefined && points.length === 0 ? t('none') : undefined;
  return (
    <Panel>
      <PanelHeader title={t('title')} actions={<RangeChoice range={range} onChange={setRange} />} />
      <PanelBody className="grid gap-6 lg:grid-cols-2">
        <Chart title={t('memory')} note={t('limit', { limit: format.megabytes(instance.memoryMb) })} none={none}>
          <TimeSeriesChart
            {...shared}
            label={t('memory')}
            points={memory}
            formatValue={format.megabytes}
            top={top}
            {...(top >= limit.value ? { limit } : {})}
          />
        </Chart>
        <Chart title={t('cpu')} none={none}>
          <TimeSeriesChart
            {...shared}
            label={t('cpu')}
            points={cpu}
            top={cpuTop(peakOf(cpu))}
            formatValue={(value) => format.number(value, { style: 'percent', maximumFractionDigits: 1 })}
            colour="busy"
          />
        </Chart>
      </PanelBody>
    </Panel>
  );
}

function Chart({
  title,
  note,
  none,
  children,
}: {
  title: string;
  note?: string;
  none: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className="min-w-0">
      <h3 className="mb-2 flex justify-between gap-3 text-ink-soft text-sm">
        {title}
        {note ? <span className="tabular text-ink-faint text-xs">{note}</span> : null}
      </h3>
      {none === undefined ? (
        children
      ) : (
        <p className="grid h-52 place-items-center rounded-lg border border-line border-dashed px-6 text-center text-ink-soft text-sm">
          {none}
        </p>
      )}
    </div>
  );
}

const peakOf = (points: readonly { value: number | null }[]): number =>
  Math.max(0, ...points.map(({ value }) => value ?? 0));

function RangeChoice({ range, onChange }: { range: Range; onChange: (range: Range) => void }) {
  const t = useTranslations('overview.charts');
  return (
    <fieldset className="flex rounded-lg border border-line p-0.5">
      <legend className="sr-only">{t('range')}</legend>
      {ranges.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === range}
          onClick={() => onChange(each)}
          className={cn(
            'h-7 rounded-md px-2.5 text-ink-soft text-xs transition-colors hover:text-ink pointer-coarse:h-10',
            each === range && 'bg-raised font-medium text-ink',
          )}
        >
          {t(`ranges.${each}`)}
        </button>
      ))}
    </fieldset>
  );
}
