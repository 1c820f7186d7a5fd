'use client';
import type { MetricSeries } from '@zarpa/api-client';
import { Sparkline } from '@zarpa/ui/components/sparkline';
import { useTranslations } from 'next-intl';

const halfHourMs = 1_800_000;

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
