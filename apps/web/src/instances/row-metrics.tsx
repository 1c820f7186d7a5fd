'use client';
import type { MetricSample, MetricSeries } from '@zarpa/api-client';
import { MemoryBar } from '@zarpa/ui/components/memory-bar';
import { Sparkline } from '@zarpa/ui/components/sparkline';
import { cn } from '@zarpa/ui/lib/cn';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/format/use-format.ts';

const megabyte = 1_048_576;
const halfHourMs = 1_800_000;

/** Memory in use, of the plan's. */
export function RowMemory({
  limitMb,
  sample,
  className,
}: {
  limitMb: number;
  sample: MetricSample | undefined;
  className?: string;
}) {
  const label = useMemoryLabel(limitMb, sample);
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <MemoryBar usedBytes={sample?.memoryBytes ?? null} limitBytes={limitMb * megabyte} label={label} />
      <span className="tabular text-ink-faint text-xs">{label}</span>
    </div>
  );
}

/** Memory in use, of the plan's, in words alone. */
export function MemoryText({ limitMb, sample }: { limitMb: number; sample: MetricSample | undefined }) {
  return <span className="tabular truncate text-ink-faint text-xs">{useMemoryLabel(limitMb, sample)}</span>;
}

function useMemoryLabel(limitMb: number, sample: MetricSample | undefined): string {
  const t = useTranslations('instances');
  const format = useFormat();
  const limit = format.megabytes(limitMb);
  return sample ? t('memoryOf', { used: format.bytes(sample.memoryBytes), limit }) : limit;
}

/** Memory over the last half hour, as a line. */
export function RowActivity({ series, className }: { series: MetricSeries | undefined; className?: string }) {
  const t = useTranslations('instances');
  const points = series?.points ?? [];
  const newest = points.at(-1)?.at ?? 0;
  const recent = points.filter((point) => point.at > newest - halfHourMs);
  const ceiling = Math.max(...recent.map((point) => point.memoryBytes), 1) * 1.25;
  return (
    <Sparkline
      values={recent.map((point) => point.memoryBytes)}
      ceiling={ceiling}
      label={t('activityLabel')}
      className={className}
    />
  );
}
